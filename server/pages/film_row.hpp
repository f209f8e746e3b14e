// The rows of lists of films: card, title, director, rating, discussions. Pure functions.
#pragma once

#include <vector>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

// Writes nothing for an empty list.
void write_film_list(Html& html, const std::vector<FilmSummary>& films);

}  // namespace foyer::pages
