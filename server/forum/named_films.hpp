// Which films a post names: those whose pages it links to, in the open. Pure, any thread.
#pragma once

#include <string_view>
#include <vector>

#include "protocol/ids.hpp"

namespace foyer::forum {

// In their order, each once, at most `most`. A link shown in a spoiler or in code, or without any text, names none.
std::vector<FilmId> named_films(std::string_view body, std::string_view site_url, std::size_t most);

}  // namespace foyer::forum
