// Events after a position, for GET …/events, for subscribers that come back and for holes in the live stream.
// Each event shows its post or thread in the present state.
#pragma once

#include <optional>
#include <vector>

#include "persistence/event_store.hpp"
#include "persistence/transaction.hpp"
#include "protocol/events.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

struct CatchUp {
  std::vector<EncodedEvent> events;  // seq > since, in order, dense, at most `limit`
  Seq head;                          // of the channel, in the same statement
};
// not_found for an unknown thread; resync_needed when since is above the head.
Result<CatchUp> read_events(persistence::Transaction& transaction, ThreadId thread, Seq since, int limit);
// The same for several threads in one statement, in their order.
using Position = persistence::EventPosition;
std::vector<Result<CatchUp>> read_events_of_many(persistence::Transaction& transaction,
                                                 const std::vector<Position>& positions, int limit);

// Heads of many threads at once; unknown ones are left out.
struct Head {
  ThreadId thread;
  Seq seq;
};
std::vector<Head> read_heads(persistence::Transaction& transaction, const std::vector<ThreadId>& threads);

}  // namespace foyer::forum
