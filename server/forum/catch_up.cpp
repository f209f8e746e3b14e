#include "server/forum/catch_up.hpp"

#include "persistence/thread_store.hpp"
#include "protocol/codec.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {
namespace {

Result<CatchUp> catch_up(const persistence::EventPage& page, Seq since) {
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

}  // namespace

Result<CatchUp> read_events(persistence::Transaction& transaction, ThreadId thread, Seq since, int limit) {
  return catch_up(persistence::read_events(transaction, thread, since, limit), since);
}

std::vector<Result<CatchUp>> read_events_of_many(persistence::Transaction& transaction,
                                                 const std::vector<Position>& positions, int limit) {
  const auto pages = persistence::read_events(transaction, positions, limit);
  std::vector<Result<CatchUp>> caught;
  caught.reserve(pages.size());
  for (std::size_t at = 0; at < pages.size(); ++at) {
    caught.push_back(catch_up(pages[at], positions[at].since));
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
