// The BacklogReader on PostgreSQL: at most limits::live_database_reads jobs at a time on the worker pool, so that
// live channels leave workers to requests; the others wait in order. Reads of events are gathered: one statement
// at a time for up to limits::live_channels_per_read channels, a rest of limits::live_events_rest between two.
// Bounded by its callers, each of which has at most one read of a page and one of a hole under way. I/O thread only.
#pragma once

#include <memory>

#include "persistence/database.hpp"
#include "server/live/backlog_reader.hpp"
#include "server/runtime/task.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer::live {

class DatabaseBacklog final : public BacklogReader {
 public:
  DatabaseBacklog(runtime::Executor executor, persistence::Database& database, runtime::WorkerPool& workers);
  ~DatabaseBacklog() override;
  DatabaseBacklog(const DatabaseBacklog&) = delete;
  DatabaseBacklog& operator=(const DatabaseBacklog&) = delete;

  void read_events(Channel channel, Seq since, EventsDone done) override;
  void read_heads(std::vector<ThreadId> threads, HeadsDone done) override;
  void read_snapshot(Channel channel, SnapshotDone done) override;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace foyer::live
