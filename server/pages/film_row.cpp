#include "server/pages/film_row.hpp"

#include "server/pages/addresses.hpp"
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

void write_film_list(Html& html, const std::vector<FilmSummary>& films) {
  if (films.empty()) return;
  html << "<ol class=\"film-list\">\n";
  for (const auto& film : films) write_row(html, film);
  html << "</ol>\n";
}

}  // namespace foyer::pages
