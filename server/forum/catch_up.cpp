#include "server/forum/catch_up.hpp"

#include "persistence/event_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/codec.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {

Result<CatchUp> read_events(persistence::Transaction& transaction, ThreadId thread, Seq since, int limit) {
  const persistence::EventPage page = persistence::read_events(transaction, thread, since, limit);
  if (!page.head) {
    return refused(ErrorCode::not_found, "There is no such thread.");
  }
  if (since > *page.head) {
    return refused(ErrorCode::resync_needed, "The thread has not come that far; reload it.");
  }
  CatchUp caught{{}, *page.head};
  caught.events.reserve(page.events.size());
  for (const persistence::EventRow& row : page.events) {
    caught.events.push_back(codec::encode_for_bus(public_event(row)));
  }
  return caught;
}

std::vector<Head> read_heads(persistence::Transaction& transaction, const std::vector<ThreadId>& threads) {
  std::vector<Head> heads;
  heads.reserve(threads.size());
  for (const persistence::ChannelHead& head : persistence::read_heads(transaction, threads)) {
    heads.push_back({head.thread, head.seq});
  }
  return heads;
}

}  // namespace foyer::forum
