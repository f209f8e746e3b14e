// New posts, from the API and from forms: the author is looked up together with whoever asks meanwhile, the post is
// prepared and handed to the batching writer, whose answer comes after the commit. I/O thread.
#pragma once

#include "persistence/post_store.hpp"
#include "protocol/requests.hpp"
#include "protocol/views.hpp"
#include "server/http/call.hpp"
#include "server/runtime/task.hpp"

namespace foyer::http {

// Decodes, checks and renders: on a worker, unless it is `pure` (needs no database) and the request is short.
struct PreparePost {
  Result<persistence::NewPost> (*run)(const Call& call, const forum::Actor& actor);
  bool pure;
};

// Errors are those of `prepare`, the rate limits and PostWriter.
runtime::Task<Result<Posted>> submit_post(CallPointer call, PreparePost prepare);

// For use in `prepare`: a post in the thread, or a comment on the film, of the call's path.
Result<persistence::NewPost> reply_to_thread(const Call& call, const forum::Actor& actor, const PostRequest& request,
                                             const std::string& key);
Result<persistence::NewPost> comment_on_film(const Call& call, const forum::Actor& actor, const PostRequest& request,
                                             const std::string& key);
using PlacePost = decltype(&reply_to_thread);
constexpr bool is_pure(PlacePost place) { return place == &reply_to_thread; }

}  // namespace foyer::http
