// How several stores read a film as threads and lists name it.
#pragma once

#include "persistence/film_store.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {

// Four columns: id, slug, title, year.
FilmLink read_film_link(RowReader& row);

}  // namespace foyer::persistence
