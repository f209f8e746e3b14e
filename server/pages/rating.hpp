// What members give a film: the average with its count, how many gave each score, and the form to give one.
#pragma once

#include <optional>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

// Kept live by the client (web-client/src/elements/live_film.ts), which fills the same elements.
void write_rating(Html& html, const FilmView& film);
// The ten half stars to choose from, one of which a form must have.
void write_scores(Html& html, std::optional<int> own_score);
// For members; guests are asked in.
void write_rating_form(Html& html, const PageContext& context, const FilmView& film, std::optional<int> own_score);

}  // namespace foyer::pages
