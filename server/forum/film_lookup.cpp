#include "server/forum/film_lookup.hpp"

#include "persistence/film_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/film_address.hpp"
#include "server/forum/films.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {

using persistence::Transaction;

std::vector<FilmLink> look_up_films(Transaction& transaction, const std::string& text, const std::string& site_url) {
  if (const auto film = film_in_address(text, site_url)) {
    return persistence::find_film_links(transaction, {*film});
  }
  std::vector<FilmLink> links;
  if (text.empty()) {
    return links;
  }
  FilmQuery query;
  query.text = text;
  if (const auto films = list_films(transaction, query, {std::nullopt, limits::film_lookup_items})) {
    for (const FilmSummary& film : films->items) {
      links.push_back({film.id, film.slug, film.title, film.year});
    }
  }
  return links;
}

std::optional<FilmLink> look_up_film(Transaction& transaction, const std::string& text, const std::string& site_url) {
  std::vector<FilmLink> films = look_up_films(transaction, text, site_url);
  if (films.size() > 1) {
    const std::string wanted = search_key_of(text);
    std::erase_if(films, [&](const FilmLink& film) { return search_key_of(film.title) != wanted; });
  }
  return films.size() == 1 ? std::optional(std::move(films.front())) : std::nullopt;
}

std::vector<FilmLink> read_film_links(Transaction& transaction, const std::vector<FilmId>& films) {
  return persistence::find_film_links(transaction, films);
}

std::string markdown_link(const FilmLink& film) {
  std::string link = "[";
  for (const char character : film.title) {
    if (std::string_view("\\`*_[]<>|&!").find(character) != std::string_view::npos) {
      link += '\\';
    }
    link += character;
  }
  return link + "](/films/" + std::to_string(film.id.value) + (film.slug.empty() ? "" : "-" + film.slug) + ")";
}

}  // namespace foyer::forum
