// Members' marks of films (0014_film_marks.sql).
#pragma once

#include "persistence/transaction.hpp"
#include "protocol/ids.hpp"
#include "protocol/marks.hpp"

namespace foyer::persistence {

// Doing either twice changes nothing. The film exists.
void put_mark(Transaction& transaction, FilmId film, UserId member, FilmMark mark);
void delete_mark(Transaction& transaction, FilmId film, UserId member, FilmMark mark);
FilmMarks find_marks(Transaction& transaction, FilmId film, UserId member);

}  // namespace foyer::persistence
