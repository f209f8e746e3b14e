// Makes the news of one change of a thread: takes its seq, appends the event, encodes it and names the snapshot
// channels that change with it. For use cases of this folder; the caller holds the thread's lock (lock_thread).
#pragma once

#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"
#include "protocol/events.hpp"

namespace foyer::forum {

News post_news(persistence::Transaction& transaction, const persistence::PostRow& post, EventKind kind);
// `former_films` are those the thread was linked to before, when that changed.
News thread_news(persistence::Transaction& transaction, ThreadId thread, const std::vector<FilmLink>& former_films);

// For an event that a store has appended already.
News encoded_news(const Event& event, const std::vector<FilmLink>& films);

}  // namespace foyer::forum
