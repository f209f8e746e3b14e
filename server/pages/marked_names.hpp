// What a text says of a film by name: its titles, who directed it and who plays in it. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

// The longest first, so that a name within another one is not marked alone; of the cast those whom the film page names.
std::vector<std::string> names_of(const FilmView& film);
// The text with each name in it as <mark>, whole words only. Names of several words are found in any spelling of ASCII
// case; one word is a name only as it is spelled: "ran" is not "Ran".
void write_marked(Html& html, const std::string& text, const std::vector<std::string>& names);

}  // namespace foyer::pages
