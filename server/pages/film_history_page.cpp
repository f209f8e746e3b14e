#include "server/pages/addresses.hpp"
#include "server/pages/film_edit_pages.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_text(Html& html, Literal name, const std::string& text) {
  html << "<div class=\"fact\"><dt>" << name << "</dt><dd>";
  if (text.empty()) {
    html << "Nothing";
  } else {
    // The parser drops one newline after the tag: without ours it would be the text's own.
    html << "<pre class=\"revision-text\">\n" << text << "</pre>";
  }
  html << "</dd></div>\n";
}

void write_change(Html& html, const FilmChangeView& change) {
  html << "<li class=\"revision\"><h2>" << film_field_label(change.field) << "</h2><p class=\"meta\"><a";
  html.attribute("href", Address(address_of_member(change.member.name))) << ">" << change.member.name << "</a> · <time";
  html.attribute("datetime", to_rfc3339(change.at)) << ">" << time_in_words(change.at) << "</time></p>\n"
                                                    << "<dl>\n";
  write_text(html, "Before", change.old_text);
  write_text(html, "Since then", change.new_text);
  html << "</dl></li>\n";
}

}  // namespace

std::string film_history_page(const PageContext& context, const FilmHistoryPage& content) {
  Page page(context, {.title = "History of " + content.film.title, .next = content.next_address});
  auto& html = page.html();
  const auto film = address_of(content.film);
  html << "<p class=\"back\"><a";
  html.attribute("href", Address(film)) << "><cite class=\"film-title\">" << content.film.title
                                        << "</cite></a></p>\n<h1>History of <cite class=\"film-title\">"
                                        << content.film.title << "</cite></h1>\n<p class=\"page-actions\"><a "
                                        << "class=\"button\"";
  html.attribute("href", Address(film + "/edit")) << ">Edit film</a></p>\n";
  if (content.changes.items.empty()) {
    html << "<p class=\"empty\">Nothing has been changed by hand yet.</p>\n";
  } else {
    html << "<ol class=\"revisions\">\n";
    for (const auto& change : content.changes.items) write_change(html, change);
    html << "</ol>\n";
  }
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
