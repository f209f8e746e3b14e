// What the live channels read from PostgreSQL, as the hub sees it. Answers come later, on the I/O thread, never
// from within the call, and never after the reader is gone. DatabaseBacklog is the real one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "protocol/channel.hpp"
#include "protocol/result.hpp"
#include "server/forum/catch_up.hpp"

namespace foyer::live {

class BacklogReader {
 public:
  virtual ~BacklogReader() = default;

  using EventsDone = std::function<void(Result<forum::CatchUp>)>;
  // At most limits::replay_page events after `since`.
  virtual void read_events(Channel channel, Seq since, EventsDone done) = 0;

  // Heads of thread channels; those that do not exist are left out.
  using HeadsDone = std::function<void(Result<std::vector<forum::Head>>)>;
  virtual void read_heads(std::vector<ThreadId> threads, HeadsDone done) = 0;

  struct Snapshot {
    std::string text;               // JSON
    std::vector<ThreadId> threads;  // that it names
  };
  // The present state of a snapshot channel. not_found when it names nothing.
  using SnapshotDone = std::function<void(Result<Snapshot>)>;
  virtual void read_snapshot(Channel channel, SnapshotDone done) = 0;
};

}  // namespace foyer::live
