#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/rating.hpp"
#include "server/pages/review_pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_score_field(Html& html, const ReviewFormPage& content) {
  html << "<fieldset class=\"field\" id=\"field-score\"><legend>Your rating <span class=\"hint\">of 10</span></legend>";
  write_field_error(html, "score", content.form);
  write_scores(html, content.score);
  html << "</fieldset>\n";
}

void write_spoiler_flag(Html& html, const ReviewFormPage& content) {
  html << "<div class=\"field\"><label class=\"choice\"><input type=\"checkbox\"";
  write_control_attributes(html, "contains_spoilers", content.form, false);
  html << " value=\"1\"";
  html.flag("checked", content.contains_spoilers)
      << "> It tells what happens (spoilers)</label><p class=\"hint\">Then the whole "
         "review is covered until somebody opens it, and "
         "nothing of it is shown elsewhere.</p></div>\n";
}

void write_head(Html& html, const ReviewFormPage& content) {
  html << "<h1>" << std::string(content.own ? "Change your review" : "Write a review")
       << "</h1>\n<p class=\"film-line\">About <a";
  html.attribute("href", Address(address_of(content.film)))
      << "><cite class=\"film-title\">" << content.film.title << "</cite></a>" << year_in_parentheses(content.film.year)
      << "</p>\n";
}

}  // namespace

std::string review_form_page(const PageContext& context, const ReviewFormPage& content) {
  Page page(context, {.title = content.own ? "Change your review" : "Write a review"});
  auto& html = page.html();
  write_head(html, content);
  html << "<form class=\"form\" method=\"post\"";
  html.attribute("action", Address(address_of_review_form(content.film))) << ">\n";
  write_form_errors(html, content.form);
  write_form_key(html, context);
  html << "\n";
  write_field(html, {.name = "title", .label = "Title", .presence = Presence::optional}, content.title, content.form);
  write_preview(html, content.form);
  write_text_area(html,
                  {.name = "body",
                   .label = "Your review",
                   .hint = "*italic*, **bold**, &gt; quote, ||spoiler||. Up to 10,000 characters.",
                   .rows = 12},
                  content.body, content.form);
  write_score_field(html, content);
  write_spoiler_flag(html, content);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">"
       << std::string(content.own ? "Change the review" : "Publish the review") << "</button> ";
  write_preview_button(html);
  html << "</p>\n</form>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
