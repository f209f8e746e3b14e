#include "server/pages/film_facts.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "server/pages/addresses.hpp"
#include "server/pages/external_links.hpp"
#include "server/pages/film_search.hpp"
#include "server/pages/rating.hpp"
#include "server/pages/title_card.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

constexpr std::size_t crew_shown = 2;
constexpr std::size_t described_characters = 160;  // search engines show no more

std::string director_of(const FilmView& film) {
  const auto found = std::ranges::find(film.crew, "Director", &CrewMember::job);
  return found == film.crew.end() ? std::string() : found->name;
}

// Each value leads to the films that share it.
void write_values(Html& html, const std::vector<std::string>& values, std::string FilmSearch::* facet) {
  bool first = true;
  for (const auto& value : values) {
    FilmSearch search;
    search.*facet = value;
    html << (first ? Literal("<a") : Literal(", <a"));
    html.attribute("href", Address(address_of(search))) << ">" << value << "</a>";
    first = false;
  }
}

// "Soviet Union, 1957"
void write_origin(Html& html, const FilmView& film) {
  if (film.countries.empty() && !film.year) return;
  html << "<p class=\"meta origin\">";
  write_values(html, film.countries, &FilmSearch::country);
  if (film.year) {
    html << (film.countries.empty() ? Literal("<a") : Literal(", <a"));
    html.attribute("href", Address(address_of(FilmSearch{.decade = std::to_string(*film.year / 10 * 10)})))
        << ">" << *film.year << "</a>";
  }
  html << "</p>\n";
}

void write_facet(Html& html, Literal name, const std::vector<std::string>& values, std::string FilmSearch::* facet) {
  if (values.empty()) return;
  html << "<div class=\"fact\"><dt>" << name << "</dt><dd>";
  write_values(html, values, facet);
  html << "</dd></div>\n";
}

void write_fact(Html& html, Literal name, const std::string& value) {
  if (!value.empty()) html << "<div class=\"fact\"><dt>" << name << "</dt><dd>" << value << "</dd></div>\n";
}

void write_crew(Html& html, const FilmView& film) {
  const auto shown = std::min(crew_shown, film.crew.size());
  for (std::size_t at = 0; at < shown; ++at) {
    const auto& member = film.crew[at];
    html << "<div class=\"fact\"><dt>" << member.job << "</dt><dd>";
    write_person_link(html, member.id, member.name);
    if (at + 1 == shown) {
      html << " <a class=\"view-all\"";
      html.attribute("href", Address(address_of(film) + "/crew"))
          << ">View all " << film.crew.size() << "<span class=\"visually-hidden\"> of the crew</span></a>";
    }
    html << "</dd></div>\n";
  }
}

void write_cast(Html& html, const FilmView& film) {
  if (film.cast.empty()) return;
  html << "<div class=\"fact\"><dt>Cast</dt><dd>";
  for (std::size_t at = 0; at < std::min(cast_shown, film.cast.size()); ++at) {
    if (at > 0) html << ", ";
    write_person_link(html, film.cast[at].id, film.cast[at].name);
    if (!film.cast[at].character.empty()) {
      html << " <span class=\"meta\">as " << film.cast[at].character << "</span>";
    }
  }
  html << " <a class=\"view-all\"";
  html.attribute("href", Address(address_of(film) + "/cast"))
      << ">View all " << film.cast.size() << "<span class=\"visually-hidden\"> of the cast</span></a></dd></div>\n";
}

void write_alternative_titles(Html& html, const FilmView& film) {
  if (film.alternative_titles.empty()) return;
  html << "<div class=\"fact\"><dt>Also known as</dt><dd>";
  for (std::size_t at = 0; at < film.alternative_titles.size(); ++at) {
    html << (at == 0 ? Literal("") : Literal(", ")) << "<cite class=\"film-title\">" << film.alternative_titles[at]
         << "</cite>";
  }
  html << "</dd></div>\n";
}

void write_external_links(Html& html, const FilmView& film) {
  bool first = true;
  for (const auto& external : film.external_ids) {
    const auto link = external_link(external);
    if (!link) continue;
    html << (first ? Literal("<div class=\"fact\"><dt>Elsewhere</dt><dd>") : Literal(", ")) << "<a rel=\"noopener\"";
    html.attribute("href", Address(link->address)) << ">" << link->name << "</a>";
    first = false;
  }
  if (!first) html << "</dd></div>\n";
}

}  // namespace

void write_film_head(Html& html, const FilmView& film) {
  html << "<div class=\"film-head\">\n";
  write_title_card(html, film.id, film.title, film.year, director_of(film));
  html << "<div class=\"film-words\">\n<h1><cite class=\"film-title\">" << film.title << "</cite></h1>\n";
  if (!film.original_title.empty() && film.original_title != film.title) {
    html << "<p class=\"original-title\"><cite class=\"film-title\">" << film.original_title << "</cite></p>\n";
  }
  write_origin(html, film);
  write_rating(html, film);
  html << "</div>\n<dl class=\"facts\">\n";
  write_crew(html, film);
  write_cast(html, film);
  write_fact(html, "Released", date_in_words(film.release_date));
  write_fact(html, "Runtime", film.runtime_minutes ? runtime_in_words(*film.runtime_minutes) : std::string());
  write_facet(html, "Genres", film.genres, &FilmSearch::genre);
  write_facet(html, "Languages", film.languages, &FilmSearch::language);
  write_alternative_titles(html, film);
  write_external_links(html, film);
  html << "</dl>\n</div>\n";
}

std::string description_of(const FilmView& film) {
  if (!film.synopsis.empty()) return beginning_of(film.synopsis, described_characters);
  const auto director = director_of(film);
  return film.title + year_in_parentheses(film.year) + (director.empty() ? "" : ", directed by " + director) +
         ": facts, discussions and comments.";
}

void write_synopsis(Html& html, const FilmView& film) {
  if (film.synopsis.empty()) return;
  html << "<div class=\"synopsis\"><p>" << film.synopsis << "</p>";
  if (film.synopsis_source == "wikipedia") {
    html << "<p class=\"credit\">Text from ";
    if (film.synopsis_url.empty()) {
      html << "Wikipedia";
    } else {
      html << "<a rel=\"noopener\"";
      html.attribute("href", Address(film.synopsis_url)) << ">Wikipedia</a>";
    }
    html << ", <a rel=\"license noopener\" href=\"https://creativecommons.org/licenses/by-sa/4.0/\">CC BY-SA</a></p>";
  } else if (film.synopsis_source == "editorial") {
    html << "<p class=\"credit\">Written for Foyer</p>";
  }
  html << "</div>\n";
}

void write_person_link(Html& html, PersonId person, const std::string& name) {
  html << "<a";
  html.attribute("href", Address(address_of(person))) << ">" << name << "</a>";
}

}  // namespace foyer::pages
