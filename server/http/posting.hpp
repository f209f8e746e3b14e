// New posts, from the API and from forms: prepared in one job on a worker, then handed to the batching writer,
// whose answer comes after the commit. I/O thread.
#pragma once

#include "persistence/post_store.hpp"
#include "protocol/requests.hpp"
#include "protocol/views.hpp"
#include "server/http/call.hpp"
#include "server/runtime/task.hpp"

namespace foyer::http {

// Runs on a worker: identifies, decodes, checks and renders.
using PreparePost = Result<persistence::NewPost> (*)(const Call&);

// Errors are those of `prepare`, the rate limits and PostWriter.
runtime::Task<Result<Posted>> submit_post(CallPointer call, PreparePost prepare);

// For use in `prepare`: a post in the thread, or a comment on the film, of the call's path.
Result<persistence::NewPost> reply_to_thread(const Call& call, const PostRequest& request, const std::string& key);
Result<persistence::NewPost> comment_on_film(const Call& call, const PostRequest& request, const std::string& key);

}  // namespace foyer::http
