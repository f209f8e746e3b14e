// The event log of durable channels, written in the transaction of the change (transactional outbox). Rows say
// what happened to which post or thread; the data is joined in its present state when read, so a replay can
// never bring a removed text back.
#pragma once

#include <optional>
#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"

namespace foyer::persistence {

// `post` is empty for thread.* events. The caller took `seq` with take_seq in this transaction.
void append_event(Transaction& transaction, ThreadId thread, Seq seq, EventKind kind, std::optional<PostId> post,
                  Timestamp at);

// The transaction's time as PostgreSQL sees it, in milliseconds.
Timestamp transaction_time(Transaction& transaction);

struct EventPosition {
  ThreadId thread;
  Seq since;
};
struct EventPage {
  std::vector<EventRow> events;  // seq > since, in order, at most limit
  std::optional<Seq> head;       // of the channel, from the same statement; empty when there is no such thread
};
EventPage read_events(Transaction& transaction, ThreadId thread, Seq since, int limit);
// The pages after several positions, in their order, in one statement.
std::vector<EventPage> read_events(Transaction& transaction, const std::vector<EventPosition>& positions, int limit);

}  // namespace foyer::persistence
