// How a list of films is narrowed and ordered, as the address of the page says it, and the form that asks for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

struct FilmSearch {  // as in the address; "" = not asked for
  std::string text = {};
  std::string decade = {};
  std::string genre = {};
  std::string country = {};
  std::string language = {};
  std::string discussed = {};  // "1" or "now"
  std::string mine = {};       // "watchlist", "seen" or "rated"
  std::string sort = {};
  bool narrowed() const;
};

std::string address_of(const FilmSearch& search);

struct LooserSearch {
  FilmSearch search;
  std::string words;       // what is not asked for: "Any country"
  std::int64_t count = 0;  // of films, at most limits::counted_films and one more
};
// The search without each that it is narrowed by, where that is more than one thing. The counts are the caller's.
std::vector<LooserSearch> looser_searches(const FilmSearch& search);

// The field, the facets and the order, as one form that works without JavaScript.
void write_film_search(Html& html, const PageContext& context, const FilmSearch& search, const FilmFacets& facets);
// What the list is narrowed by, each as a link to the list without it.
void write_active_facets(Html& html, const FilmSearch& search);

}  // namespace foyer::pages
