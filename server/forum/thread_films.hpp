// The films that a request wants a thread to be about. For use cases of this folder.
#pragma once

#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"

namespace foyer::forum {

// In the order given, repeats left out; invalid with the field film_ids for unknown ones and too many.
Result<std::vector<FilmId>> checked_films(persistence::Transaction& transaction, const std::vector<FilmId>& films);

}  // namespace foyer::forum
