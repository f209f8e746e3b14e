// Looks again for the threads that may belong to a film, off the request that found the last list too old. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <set>

#include "persistence/database.hpp"
#include "protocol/ids.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer::http {

class RelatedRenewals : public std::enable_shared_from_this<RelatedRenewals> {
 public:
  // Both outlive the pool's threads.
  RelatedRenewals(persistence::Database& database, runtime::WorkerPool& workers)
      : database_(database), workers_(workers) {}

  // One at a time, so that whoever writes finds a worker. A film that waits already, or for which there is no room
  // (limits::related_queue), is left to the next who asks.
  void ask(FilmId film);

 private:
  void next();
  void renew(FilmId film);

  persistence::Database& database_;
  runtime::WorkerPool& workers_;
  std::mutex mutex_;
  std::set<FilmId> waiting_;
  bool working_ = false;
};

}  // namespace foyer::http
