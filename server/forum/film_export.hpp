// `foyer export films`: the catalogue as JSON lines, which `import films` reads back without a change.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "persistence/database.hpp"
#include "persistence/film_store.hpp"

namespace foyer::forum {

// One line, with its end. Unknown values are left out.
std::string film_json_line(const persistence::FilmRecord& film);

// Gives the lines of all films to `write`, in the order of their ids and some hundred at a time; each portion is read
// in one snapshot, so that a slow reader holds nothing in the database. Returns how many there are. Throws what
// persistence/errors.hpp says.
std::int64_t export_films(persistence::Database& database, const std::function<void(std::string_view)>& write);

}  // namespace foyer::forum
