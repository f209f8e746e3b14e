// What a page shows, said again for search engines in the words of schema.org (JSON-LD). Nothing in it that the page
// does not show. https://developers.google.com/search/docs/appearance/structured-data/movie
#pragma once

#include <vector>

#include "protocol/reviews.hpp"
#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

void write_movie(Html& html, const PageContext& context, const FilmView& film, const std::vector<ReviewView>& reviews);

}  // namespace foyer::pages
