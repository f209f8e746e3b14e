#include "server/pages/addresses.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/title_card.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_credit(Html& html, const PersonView::Credit& credit) {
  html << "<li class=\"film-row\">";
  write_small_card(html, credit.film.id, credit.film.year);
  html << "<div class=\"row-text\"><p class=\"row-title\"><a";
  html.attribute("href", Address(address_of(credit.film)))
      << "><cite class=\"film-title\">" << credit.film.title << "</cite></a>" << year_in_parentheses(credit.film.year)
      << "</p><p class=\"meta\">" << credit.job;
  if (!credit.character.empty()) html << " as " << credit.character;
  html << "</p></div></li>\n";
}

}  // namespace

std::string person_page(const PageContext& context, const PersonView& person) {
  Page page(context, {.title = person.name, .canonical = address_of(person)});
  auto& html = page.html();
  html << "<h1>" << person.name << "</h1>\n";
  if (!person.variants.empty()) html << "<p class=\"meta\">Also " << joined(person.variants) << "</p>\n";
  if (person.filmography.empty()) {
    html << "<p class=\"empty\">No film is known yet.</p>\n";
  } else {
    html << "<ol class=\"film-list\">\n";
    for (const auto& credit : person.filmography) write_credit(html, credit);
    html << "</ol>\n";
  }
  return std::move(page).finish();
}

}  // namespace foyer::pages
