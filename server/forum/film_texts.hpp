// The facts of a film as text, the way a form shows them and its history keeps them: lists an item a line, cast and
// crew "Name | Part". Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "persistence/film_store.hpp"
#include "protocol/film_edit.hpp"

namespace foyer::forum {

// In the order of film_fields.
std::vector<FilmFieldText> film_texts(const persistence::FilmRecord& film);

// Puts what was typed for a field into the request; a field of another name is passed over. A number that is none
// becomes 0, which no number of a film may be.
void take_typed(EditFilmRequest& request, const FilmFieldText& typed);

// A film as a form shows it. The version tells of each field whether it is still the same.
struct FilmInText {
  FilmLink film;
  std::vector<FilmFieldText> fields;  // in the order of film_fields
  std::string version;
};
FilmInText film_in_text(const persistence::StoredFilm& stored);

// What came back from such a form.
struct TypedFilm {
  std::vector<FilmFieldText> fields;  // those that were sent, each at most once; others stay as they are
  std::string version;                // of the film that the form was made of
};

// The names of the fields that others have changed since the form was made; all of them when its version is none.
std::vector<std::string> changed_since(const FilmInText& present, const std::string& version);

// What the fields show when the form comes back: what was typed, but what stands there now where nothing was typed.
std::vector<FilmFieldText> typed_over(const FilmInText& present, const TypedFilm& typed);

// The fields where something was typed, against what stands there now.
EditFilmRequest request_of(const FilmInText& present, const TypedFilm& typed);

}  // namespace foyer::forum
