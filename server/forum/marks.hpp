// What members have seen and want to see. Only they see it, and rating a film marks nothing.
#pragma once

#include <string>

#include "persistence/transaction.hpp"
#include "protocol/marks.hpp"
#include "protocol/result.hpp"
#include "server/forum/actor.hpp"

namespace foyer::forum {

// `name` is seen or watchlist, another one is invalid. Doing either twice is a success.
Result<FilmMarks> mark_film(persistence::Transaction& transaction, const Actor& actor, FilmId film,
                            const std::string& name);
Result<FilmMarks> unmark_film(persistence::Transaction& transaction, const Actor& actor, FilmId film,
                              const std::string& name);
// None for guests.
FilmMarks read_own_marks(persistence::Transaction& transaction, const Actor& actor, FilmId film);

}  // namespace foyer::forum
