// The parts of upsert_films (film_store.hpp) know each other by this: films and their ids on one side, people and
// credits on the other.
#pragma once

#include <vector>

#include "persistence/film_store.hpp"

namespace foyer::persistence {

// One line of the batch on its way to its row.
struct ImportLine {
  const FilmRecord* film = nullptr;
  FilmId id;
  bool added = false;
  bool changed = false;
};

// Makes the credits of each film those of its line; people are made when new. Marks the lines that this changed.
void update_credits(Transaction& transaction, std::vector<ImportLine>& lines);

}  // namespace foyer::persistence
