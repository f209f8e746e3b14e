// Changes of the films that a thread is linked to, and who decides on them. For use cases of this folder.
#pragma once

#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"

namespace foyer::forum {

// The thread, locked until the transaction ends; unauthenticated, forbidden or silenced for who may not write at all.
Result<ThreadView> lock_thread_for(persistence::Transaction& transaction, const Actor& actor, ThreadId thread);

// Its author while it is open, and moderators.
Result<void> may_decide_films(const Actor& actor, const ThreadView& thread);
// A moderator in somebody else's thread: what they do goes to the log.
bool acts_as_moderator(const Actor& actor, const ThreadView& thread);

std::vector<FilmId> without(const std::vector<FilmLink>& films, FilmId film);
bool is_linked(const ThreadView& thread, FilmId film);
// conflict when these would be too many.
Result<void> link_films(persistence::Transaction& transaction, ThreadId thread, const std::vector<FilmId>& films);

}  // namespace foyer::forum
