// The RightsReader on PostgreSQL: each read is one job on the worker pool. I/O thread only.
#pragma once

#include <memory>

#include "persistence/database.hpp"
#include "server/live/rights_watch.hpp"
#include "server/runtime/task.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer::live {

class DatabaseRights final : public RightsReader {
 public:
  DatabaseRights(runtime::Executor executor, persistence::Database& database, runtime::WorkerPool& workers);
  ~DatabaseRights();
  DatabaseRights(const DatabaseRights&) = delete;
  DatabaseRights& operator=(const DatabaseRights&) = delete;

  void read(RightsQuestion question, Done done) override;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace foyer::live
