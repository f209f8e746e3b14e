// The fields of a film in a JSON line, which every format of import is translated to. README: docs/import.md.
#pragma once

#include <cstddef>
#include <string>

#include <boost/json/object.hpp>

#include "persistence/film_store.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

// Most of a person's name or a character. What another format has more of is left out: in bytes, which are never fewer.
inline constexpr std::size_t name_characters = 200;

// The error names the field.
Result<persistence::FilmRecord> checked_film(const boost::json::object& line);

// One person per folded name; a name that folds to nothing ("!!!") is its own key.
std::string person_key_of(const std::string& name);

// What a film is found by: the folded title, then each other title behind a bar, which no search word holds, so that no
// match spans two of them.
std::string film_search_key(const persistence::FilmRecord& film);

}  // namespace foyer::forum
