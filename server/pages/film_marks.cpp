#include "server/pages/film_marks.hpp"

#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"

namespace foyer::pages {

namespace {

void write_button(Html& html, Literal mark, Literal words, bool marked) {
  html << "<button type=\"submit\" name=\"" << (marked ? Literal("unmark") : Literal("mark")) << "\" value=\"" << mark
       << "\" aria-pressed=\"" << (marked ? Literal("true") : Literal("false")) << "\">" << words << "</button> ";
}

}  // namespace

void write_mark_form(Html& html, const PageContext& context, const FilmView& film, const FilmMarks& marks) {
  if (!context.viewer) return;
  html << "<form class=\"marks\" method=\"post\"";
  html.attribute("action", Address(address_of(film) + "/marks")) << ">";
  write_form_key(html, context);
  write_button(html, "seen", "Seen", marks.seen);
  write_button(html, "watchlist", "Watchlist", marks.watchlist);
  html << "<a href=\"/films?mine=watchlist\">My watchlist</a>";
  html << "</form>\n";
}

}  // namespace foyer::pages
