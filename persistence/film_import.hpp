// The parts of upsert_films (film_store.hpp) know each other by this: which film a record is, what changes, people and
// credits. An edit by hand (film_edit_store.hpp) takes the last step of it.
#pragma once

#include <string>
#include <vector>

#include "persistence/film_store.hpp"

namespace foyer::persistence {

// One record of the batch on its way to its row.
struct ImportLine {
  std::size_t index = 0;  // in the batch
  FilmRecord film;        // as given; what the film is to be, once it is merged
  FilmId id;
  bool added = false;
  std::vector<ExternalId> new_ids;          // that no film has yet
  std::vector<std::string> changed_fields;  // of a film that is there
};

// Splits off the lines whose film an earlier line of the batch may name too: they come after it, in a round of their
// own, and find it in the tables.
std::vector<ImportLine> take_repeats(std::vector<ImportLine>& lines);

// Finds the films that are there: gives the lines their ids, or marks them as added. Splits off further repeats.
std::vector<ImportLine> identify(Transaction& transaction, std::vector<ImportLine>& lines);

// Makes the facts of each film those of its line, but for credits and external ids.
void write_film_rows(Transaction& transaction, const std::vector<const ImportLine*>& lines);

// Makes the credits of each film in these departments ("cast", "crew") those of its line; people are made when new.
void replace_credits(Transaction& transaction, const std::vector<const ImportLine*>& lines,
                     const std::vector<std::string>& departments);

}  // namespace foyer::persistence
