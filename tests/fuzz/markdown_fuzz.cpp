// Markdown → HTML, read again as a browser would: only allowed tags, attributes and schemes, balanced, bounded.
#include "protocol/limits.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/text_rules.hpp"
#include "tests/forum/allowed_markup.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::forum {
namespace {

using fuzz::require;

FOYER_FUZZ_TARGET(markdown) {
  const auto body = checked_body(bytes);
  if (!body) {
    return;
  }
  const Rendered rendered = render_markdown(*body);
  require(rendered.html.size() <= limits::rendered_post_bytes || rendered.too_complex, "bounded output");
  if (!rendered.too_complex) {
    const std::string complaint = samples::complaint_about(rendered.html);
    require(complaint.empty(), complaint);
    const std::string uncovered = render_without_spoilers(*body).html;
    require(uncovered.find("<details") == std::string::npos, "no spoiler is left in what shows all at once");
    const std::string other_complaint = samples::complaint_about(uncovered);
    require(other_complaint.empty(), other_complaint);
  }
  require(render_markdown(*body).html == rendered.html, "the same text gives the same page");
  const std::string snippet = plain_snippet(*body, 100);
  require(count_characters(snippet) <= 101, "a snippet is bounded");
}

}  // namespace
}  // namespace foyer::forum
