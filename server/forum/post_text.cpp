#include "server/forum/post_text.hpp"

#include "server/forum/markdown.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {

Result<PostText> checked_post_text(std::string_view body) {
  auto checked = checked_body(body);
  if (!checked) {
    return checked.error();
  }
  Rendered rendered = render_markdown(*checked);
  if (rendered.too_complex) {
    return invalid_field("body", "too_complex", "Too many links, spoilers or nested marks.");
  }
  SearchableText search = searchable_text(*checked);
  return PostText{std::move(*checked), std::move(rendered.html), {std::move(search.words), std::move(search.links)}};
}

}  // namespace foyer::forum
