#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

std::string new_thread_page(const PageContext& context, const NewThreadPage& content) {
  Page page(context, {.title = "Start a discussion"});
  auto& html = page.html();
  html << "<h1>Start a discussion</h1>\n";
  if (content.film) {
    html << "<p class=\"film-line\">About <a";
    html.attribute("href", Address(address_of(*content.film)))
        << "><cite class=\"film-title\">" << content.film->title << "</cite></a>"
        << year_in_parentheses(content.film->year) << "</p>\n";
  }
  html << "<form class=\"form\" method=\"post\" action=\"/threads\">\n";
  write_form_errors(html, content.form);
  write_form_key(html, context);
  if (content.film) write_hidden(html, "film", std::to_string(content.film->id.value));
  html << "\n";
  write_field(html, {.name = "title", .label = "Title", .hint = "What is it about? Between 3 and 200 characters."},
              content.title, content.form);
  html << "<div class=\"title-suggestions\" role=\"status\"></div>\n";
  write_preview(html, content.form);
  write_text_area(html,
                  {.name = "body",
                   .label = "First post",
                   .hint = "*italic*, **bold**, &gt; quote, ||spoiler||. Up to 10,000 characters.",
                   .rows = 10},
                  content.body, content.form);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">Start the "
          "discussion</button> ";
  write_preview_button(html);
  html << "</p>\n</form>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
