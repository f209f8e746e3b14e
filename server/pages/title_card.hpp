// The card that stands for a film in place of a poster. Decoration only: hidden from assistive technology, as the
// same words stand beside it.
#pragma once

#include <optional>
#include <string>

#include "protocol/ids.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

// The large card: year, title, surname of the director.
void write_title_card(Html& html, FilmId film, const std::string& title, std::optional<int> year,
                      const std::string& director);
// The small card of lists: the year only.
void write_small_card(Html& html, FilmId film, std::optional<int> year);
// The small card of a thread without a film.
void write_empty_card(Html& html);

}  // namespace foyer::pages
