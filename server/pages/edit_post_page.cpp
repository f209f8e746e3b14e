#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/post_quote.hpp"

namespace foyer::pages {

std::string edit_post_page(const PageContext& context, const EditPostPage& content) {
  Page page(context, {.title = "Edit post #" + std::to_string(content.post.number.value)});
  auto& html = page.html();
  write_way_back(html, content.post);
  html << "<h1>Edit post #" << content.post.number.value << "</h1>\n<form class=\"form\" method=\"post\"";
  html.attribute("action", Address(address_of(content.post.id, "edit"))) << ">\n";
  write_form_errors(html, content.form);
  write_form_key(html, context);
  html << "\n";
  write_preview(html, content.form);
  write_text_area(html,
                  {.name = "body", .label = "Text", .hint = "*italic*, **bold**, &gt; quote, ||spoiler||", .rows = 10},
                  content.body, content.form);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">Save</button> ";
  write_preview_button(html);
  html << "</p>\n</form>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
