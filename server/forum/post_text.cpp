#include "server/forum/post_text.hpp"

#include "protocol/limits.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {

namespace {

Error too_complex() { return invalid_field("body", "too_complex", "Too many links, spoilers or nested marks."); }

}  // namespace

Result<PostText> checked_post_text(std::string_view body) {
  auto checked = checked_body(body);
  if (!checked) {
    return checked.error();
  }
  Rendered rendered = render_markdown(*checked);
  if (rendered.too_complex) {
    return too_complex();
  }
  SearchableText search = searchable_text(*checked);
  return PostText{std::move(*checked), std::move(rendered.html), {std::move(search.words), std::move(search.links)}};
}

Result<PostText> checked_review_text(std::string_view body, bool contains_spoilers) {
  auto text = checked_post_text(body);
  if (!text || !contains_spoilers) {
    return text;
  }
  text->html =
      "<details class=\"spoiler\"><summary>This review tells what happens</summary>\n" + text->html + "\n</details>";
  if (text->html.size() > limits::rendered_post_bytes) {
    return too_complex();
  }
  text->search = {};  // nor does a search tell what it says
  return text;
}

}  // namespace foyer::forum
