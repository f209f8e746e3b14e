// What a page shows, said again for search engines in the words of schema.org (JSON-LD). Nothing in it that the page
// does not show. https://developers.google.com/search/docs/appearance/structured-data/movie
#pragma once

#include <vector>

#include "protocol/reviews.hpp"
#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"
#include "server/pages/pages.hpp"

namespace foyer::pages {

void write_movie(Html& html, const PageContext& context, const FilmView& film, const std::vector<ReviewView>& reviews);

// A thread with what is said on this page of it. Only for guests, as search engines are; a film's comments, which
// nobody began, are none. It says `uncovered_words` and no other text, and nothing of a post that is not visible.
void write_discussion(Html& html, const PageContext& context, const ThreadPage& content);

}  // namespace foyer::pages
