// Films as addresses of this site name them. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "protocol/ids.hpp"

namespace foyer::forum {

// The film whose page this is: "/films/7-the-third-man", with or without slug, query and fragment, and after `site_url`
// ("https://foyer.example") too. Empty for every other address, also for the pages below a film's.
std::optional<FilmId> film_in_address(std::string_view address, std::string_view site_url);

}  // namespace foyer::forum
