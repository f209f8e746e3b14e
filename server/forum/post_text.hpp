// The text of a post on its way in: checked and rendered. For use cases of this folder. Pure.
#pragma once

#include <string>
#include <string_view>

#include "persistence/post_store.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

struct PostText {
  std::string body;
  std::string html;
  persistence::SearchWords search;
};
// invalid with the field "body".
Result<PostText> checked_post_text(std::string_view body);
// The first post of a review: one that contains spoilers is covered as a whole.
Result<PostText> checked_review_text(std::string_view body, bool contains_spoilers);

}  // namespace foyer::forum
