#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/title_card.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_row(Html& html, const FilmSummary& film) {
  html << "<li class=\"film-row\">";
  write_small_card(html, film.id, film.year);
  html << "<div class=\"row-text\"><p class=\"row-title\"><a";
  html.attribute("href", Address(address_of(film))) << "><cite class=\"film-title\">" << film.title << "</cite></a>"
                                                    << year_in_parentheses(film.year) << "</p><p class=\"meta\">";
  std::vector<std::string> facts;
  if (!film.director.empty()) facts.push_back(film.director);
  if (!film.countries.empty()) facts.push_back(joined(film.countries));
  if (film.rating_average) facts.push_back(score_in_words(*film.rating_average) + " of 10");
  if (film.thread_count > 0) facts.push_back(count_in_words(film.thread_count, "discussion"));
  for (std::size_t at = 0; at < facts.size(); ++at) html << (at == 0 ? Literal("") : Literal(" · ")) << facts[at];
  html << "</p></div></li>\n";
}

}  // namespace

std::string film_list_page(const PageContext& context, const FilmListPage& content) {
  Page page(context, {.title = content.query.empty() ? std::string("Films") : "Films: " + content.query,
                      .description = "Films of the catalogue by title, each with its facts, discussions and comments.",
                      .canonical = content.query.empty() ? std::string("/films") : std::string(),
                      .next = content.next_address});
  auto& html = page.html();
  html << "<h1>Films</h1>\n";
  write_film_search(html, content.query);
  if (content.films.items.empty()) {
    if (content.query.empty()) {
      html << "<p class=\"empty\">There are no films here yet.</p>\n";
    } else {
      html << "<p class=\"empty\">No film was found for “" << content.query
           << "”. <a href=\"/films\">See all films</a></p>\n";
    }
  } else {
    html << "<ol class=\"film-list\">\n";
    for (const auto& film : content.films.items) write_row(html, film);
    html << "</ol>\n";
  }
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
