#include "server/pages/rails.hpp"

#include "server/pages/addresses.hpp"
#include "server/pages/thread_row.hpp"
#include "server/pages/title_card.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_fact(Html& html, Literal name, const std::string& value) {
  if (!value.empty()) html << "<div class=\"fact\"><dt>" << name << "</dt><dd>" << value << "</dd></div>";
}

void write_film_link(Html& html, const FilmLink& film) {
  html << "<a";
  html.attribute("href", Address(address_of(film))) << "><cite class=\"film-title\">" << film.title << "</cite></a>";
}

void write_film(Html& html, const FilmFacts& facts) {
  const FilmLink& film = facts.film;
  html << "<section class=\"rail-part\" aria-labelledby=\"rail-film\">\n<h2 id=\"rail-film\">The film</h2>\n";
  write_title_card(html, film.id, film.title, film.year, facts.director);
  html << "<p class=\"rail-film\">";
  write_film_link(html, film);
  html << year_in_parentheses(film.year) << "</p>\n";
  if (!facts.director.empty() || !facts.countries.empty() || facts.runtime_minutes) {
    html << "<dl class=\"facts\">";
    write_fact(html, "Director", facts.director);
    write_fact(html, "Country", joined(facts.countries));
    write_fact(html, "Runtime", facts.runtime_minutes ? runtime_in_words(*facts.runtime_minutes) : std::string());
    html << "</dl>\n";
  }
  html << "</section>\n";
}

void write_threads(Html& html, Literal id, Literal title, const std::vector<ThreadView>& threads) {
  if (threads.empty()) return;
  html << "<section class=\"rail-part\" aria-labelledby=\"" << id << "\">\n<h2 id=\"" << id << "\">" << title
       << "</h2>\n<ul class=\"rail-list\">\n";
  for (const auto& thread : threads) {
    html << "<li>";
    write_thread_link(html, thread);
    html << "<p class=\"meta\">";
    if (thread.kind == ThreadKind::review) html << "Review ";
    if (thread.author) html << "by " << thread.author->name << " · ";
    html << replies_in_words(thread.reply_count) << "</p></li>\n";
  }
  html << "</ul>\n</section>\n";
}

void write_films_of_the_week(Html& html, const std::vector<FilmOfTheWeek>& films) {
  if (films.empty()) return;
  html << "<section class=\"rail-part\" aria-labelledby=\"rail-films\">\n<h2 id=\"rail-films\">Talked about this "
          "week</h2>\n<ol class=\"rail-list\">\n";
  for (const auto& [film, thread_count] : films) {
    html << "<li>";
    write_film_link(html, film);
    html << year_in_parentheses(film.year) << "<p class=\"meta\">" << count_in_words(thread_count, "discussion")
         << "</p></li>\n";
  }
  html << "</ol>\n</section>\n";
}

void write_house_rules(Html& html) {
  html << "<section class=\"rail-part\" aria-labelledby=\"rail-rules\">\n<h2 id=\"rail-rules\">House rules</h2>\n"
          "<ul class=\"rail-rules\"><li>Talk about the film, not about each other.</li>"
          "<li>Hide what gives the story away: <code>||like this||</code>.</li>"
          "<li>One discussion for one question.</li>"
          "<li>What breaks a rule is removed, with the reason beside it.</li></ul>\n</section>\n";
}

}  // namespace

void write_thread_rail(Html& html, const ThreadRail& rail) {
  if (!rail.film && rail.related.empty()) return;
  html << "<aside class=\"rail\" aria-label=\"Around this discussion\">\n";
  if (rail.film) write_film(html, *rail.film);
  write_threads(html, "rail-threads", "Other discussions", rail.other_threads);
  write_threads(html, "rail-related", "Similar discussions", rail.related);
  html << "</aside>\n";
}

void write_front_rail(Html& html, const FrontRail& rail) {
  html << "<aside class=\"rail\" aria-label=\"Around the house\">\n";
  write_films_of_the_week(html, rail.films);
  write_threads(html, "rail-first", "First discussions of new members", rail.first_threads);
  write_house_rules(html);
  html << "</aside>\n";
}

}  // namespace foyer::pages
