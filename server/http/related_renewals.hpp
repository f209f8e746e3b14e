// Looks for the threads that may belong to a film: where nobody looked yet within the request, but in a transaction of
// its own, so that the page comes also when that takes too long; and again, off the request, when the last list is old.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "persistence/database.hpp"
#include "persistence/related_store.hpp"
#include "protocol/ids.hpp"
#include "server/forum/films.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer::http {

// Any thread.
class RelatedRenewals : public std::enable_shared_from_this<RelatedRenewals> {
 public:
  // Both outlive the pool's threads.
  RelatedRenewals(persistence::Database& database, runtime::WorkerPool& workers)
      : database_(database), workers_(workers) {}

  // Brings `threads` up to date as their state says. Reads the database.
  void complete(FilmId film, forum::FilmThreads& threads);

 private:
  using Found = std::optional<std::vector<persistence::ChosenThread>>;  // to be kept; empty: to be looked for

  // One at a time, so that whoever writes finds a worker. A film that waits already, or for which there is no room
  // (limits::related_queue), is left to the next who asks.
  void ask(FilmId film, Found found);
  void next();
  void renew(FilmId film, const Found& found);

  persistence::Database& database_;
  runtime::WorkerPool& workers_;
  std::mutex mutex_;
  std::map<FilmId, Found> waiting_;
  bool working_ = false;
};

// For the rail of the thread's page, likewise in a transaction of its own; none when it takes too long.
std::vector<ThreadView> similar_threads(persistence::Database& database, const ThreadView& thread);

}  // namespace foyer::http
