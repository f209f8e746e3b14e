#include "server/pages/addresses.hpp"
#include "server/pages/film_facts.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_credit(Html& html, PersonId person, const std::string& name, const std::string& part) {
  html << "<li><span class=\"credit-name\">";
  write_person_link(html, person, name);
  html << "</span>";
  if (!part.empty()) html << " <span class=\"meta\">" << part << "</span>";
  html << "</li>\n";
}

}  // namespace

std::string credits_page(const PageContext& context, const FilmView& film, CreditKind kind) {
  const bool cast = kind == CreditKind::cast;
  Page page(context, {.title = (cast ? "Cast of " : "Crew of ") + film.title + year_in_parentheses(film.year),
                      .canonical = address_of(film) + (cast ? "/cast" : "/crew")});
  auto& html = page.html();
  html << "<p class=\"back\"><a";
  html.attribute("href", Address(address_of(film)))
      << "><cite class=\"film-title\">" << film.title << "</cite></a></p>\n<h1>"
      << std::string(cast ? "Cast of" : "Crew of") << " <cite class=\"film-title\">" << film.title
      << "</cite></h1>\n<ol class=\"credit-list\">\n";
  if (cast) {
    for (const auto& member : film.cast) write_credit(html, member.id, member.name, member.character);
  } else {
    for (const auto& member : film.crew) write_credit(html, member.id, member.name, member.job);
  }
  html << "</ol>\n";
  if (cast ? film.cast.empty() : film.crew.empty()) html << "<p class=\"empty\">Nobody is known yet.</p>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
