// What a film becomes that an import meets again. Pure: what it decides is tested without a database.
//
// An import never takes away: what it does not know stays as it is. What it knows replaces what other imports said, but
// never what was edited here. Other titles add up; a crew is replaced job by job; a character stays with its actor
// where the import knows the actor only; and a bare year does not stand against a known day.
#pragma once

#include "persistence/film_store.hpp"

namespace foyer::forum {

struct MergedFilm {
  persistence::FilmRecord film;
  bool kept_edit = false;  // the import knew something else of a field that was edited here
};

MergedFilm merge_film(const persistence::StoredFilm& present, const persistence::FilmRecord& given);

}  // namespace foyer::forum
