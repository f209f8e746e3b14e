#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"

namespace foyer::pages {

namespace {

void write_choice(Html& html, Literal word, Literal label, bool chosen) {
  html << "<label class=\"choice\"><input type=\"radio\" name=\"theme\" value=\"" << word << "\"";
  html.flag("checked", chosen) << "> " << label << "</label>\n";
}

void write_theme(Html& html, const PageContext& context, const SettingsPage& content) {
  html << "<section class=\"section\" aria-labelledby=\"appearance\">\n<h2 id=\"appearance\">Appearance</h2>\n"
          "<form class=\"form\" method=\"post\" action=\"/settings\">\n";
  write_form_errors(html, content.form);
  html << "<fieldset class=\"field\" id=\"field-theme\"><legend>House lights</legend>\n";
  write_choice(html, "system", "As the device says", context.theme == Theme::system);
  write_choice(html, "light", "Light: a printed programme", context.theme == Theme::light);
  write_choice(html, "dark", "Dark: the lights are down", context.theme == Theme::dark);
  html
      << "</fieldset>\n<p class=\"hint\">Kept in a cookie of this browser.</p>\n"
         "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">Save</button></p>\n</form>\n</section>\n";
}

}  // namespace

std::string settings_page(const PageContext& context, const SettingsPage& content) {
  Page page(context, {.title = "Settings"});
  auto& html = page.html();
  html << "<h1>Settings</h1>\n";
  if (content.saved) html << "<p class=\"note\" role=\"status\">Saved.</p>\n";
  write_theme(html, context, content);
  // Keys need the script, which fills this and shows it.
  html << "<section class=\"section\" id=\"key-settings\" aria-labelledby=\"keys\" hidden>\n<h2 id=\"keys\">Keys</h2>\n"
          "<p>Single keys move through a thread and the site. They are silent while something is written.</p>\n"
          "</section>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
