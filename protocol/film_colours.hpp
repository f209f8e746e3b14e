// The words for a film's colour on the wire and in the database; an unknown word is an empty optional.
#pragma once

#include <optional>
#include <string_view>

#include "protocol/identification.hpp"

namespace foyer {

std::string_view to_word(FilmColour colour);
std::optional<FilmColour> film_colour_from_word(std::string_view word);

}  // namespace foyer
