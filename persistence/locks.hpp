// Locks that a use case takes before it looks and decides; they last until the transaction ends. The order is always
// key, review, thread, post, film: whoever keeps it meets no deadlock.
#pragma once

#include <string>

#include "persistence/transaction.hpp"
#include "protocol/ids.hpp"

namespace foyer::persistence {

// Waits for other requests of this member with the same Idempotency-Key, so that find_key tells the truth afterwards.
void lock_key(Transaction& transaction, UserId user, const std::string& key);

// Waits for others who review or rate this film as this member, so that find_review tells the truth afterwards.
void lock_review(Transaction& transaction, FilmId film, UserId member);

// Locks the thread's row without taking a seq: what turns out to change nothing leaves no gap. False when there is no
// such thread.
bool lock_thread(Transaction& transaction, ThreadId thread);

// Waits for other edits of the film and for the batch of an import under way, which would write what it has read
// before. False when there is no such film.
bool lock_film(Transaction& transaction, FilmId film);

}  // namespace foyer::persistence
