// The two pages with a discussion and a form below it, shown when asked for and again when the form was refused.
// On a worker.
#pragma once

#include <optional>
#include <string>

#include "protocol/ids.hpp"
#include "server/forum/posts.hpp"
#include "server/http/page_visit.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::http {

struct Composed {  // what stands in the form
  pages::FormState form;
  std::string draft;
  std::optional<PostNumber> reply_to;
  std::string named_film = {};  // as typed
};

// The thread of the call's path; page 0 is the last one.
Response thread_response(PageVisit& visit, std::int64_t page_number, const Composed& composed);
// The film of the call's path, with its comments.
Response film_response(PageVisit& visit, const Composed& composed);

// "/threads/7-slug?page=3#post-120"
std::string post_address(const ThreadView& thread, PostNumber number);
std::int64_t page_of(PostNumber number);

}  // namespace foyer::http
