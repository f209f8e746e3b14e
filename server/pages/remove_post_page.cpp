#include <array>

#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/post_quote.hpp"

namespace foyer::pages {

namespace {

// The words that everybody then reads in the post's place.
constexpr std::array<Literal, 6> reasons = {"Off topic", "Spoiler without a mark", "Insult or harassment",
                                            "Spam",      "Breaks the law",         "Breaks the house rules"};

void write_reason(Html& html, const FormState& form) {
  html << "<div class=\"field\"><label for=\"field-reason\">Reason</label><p class=\"hint\" "
          "id=\"hint-reason\">Everybody sees "
          "it in the post's place.</p>";
  write_field_error(html, "reason", form);
  html << "<select";
  write_control_attributes(html, "reason", form, true);
  html << " required><option value=\"\">Choose…</option>";
  for (const auto reason : reasons) html << "<option>" << reason << "</option>";
  html << "</select></div>\n";
}

}  // namespace

std::string remove_post_page(const PageContext& context, const PostView& post, const FormState& form) {
  Page page(context, {.title = "Remove a post"});
  auto& html = page.html();
  write_way_back(html, post);
  html << "<h1>Remove post #" << post.number.value << "</h1>\n";
  write_post_quote(html, post);
  html << "<form class=\"form\" method=\"post\"";
  html.attribute("action", Address(address_of(post.id, "remove"))) << ">\n";
  write_form_errors(html, form);
  write_form_key(html, context);
  write_hidden(html, "revision", std::to_string(post.revision));
  html << "\n";
  write_reason(html, form);
  write_text_area(html,
                  {.name = "note",
                   .label = "Note",
                   .hint = "For moderators, kept in the log.",
                   .rows = 3,
                   .presence = Presence::optional},
                  "", form);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"danger\">Remove the post</button></p>\n</form>\n";
  return std::move(page).finish();
}

std::string delete_post_page(const PageContext& context, const PostView& post) {
  Page page(context, {.title = "Delete your post"});
  auto& html = page.html();
  write_way_back(html, post);
  html << "<h1>Delete post #" << post.number.value << "?</h1>\n";
  write_post_quote(html, post);
  html << "<p>Its text goes away for everybody; its place in the discussion stays. This cannot be undone.</p>\n"
          "<form class=\"form\" method=\"post\"";
  html.attribute("action", Address(address_of(post.id, "delete"))) << ">\n";
  write_form_key(html, context);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"danger\">Delete the post</button></p>\n</form>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
