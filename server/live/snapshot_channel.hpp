// film:{id} and front: each message is the present state of what the channel names. A doorbell on the bus (or, as
// long as the bus is away, the clock) makes one read of PostgreSQL and one message, at most one a second, and the
// last state is always sent. A doorbell may be lost (its node died after the commit), so the clock reads from time to
// time in any case; a state that is the same as before is not sent again. Beside the state goes who reads the threads
// that it names, looked at once a second, as the nodes tell it each other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/limits.hpp"
#include "server/live/backoff.hpp"
#include "server/live/live_channel.hpp"

namespace foyer::live {

class SnapshotChannel final : public LiveChannel {
 public:
  using LiveChannel::LiveChannel;

  void flush() override { read_when_due(now()); }
  void on_committed_change() override { ++version_; }
  std::optional<std::int64_t> heard_version() const override;
  void on_topic_subscribed() override;
  void on_bus_lost() override;
  void on_time(TimePoint now) override;
  std::optional<TimePoint> due() const override;

 private:
  void admit(Subscription& subscription) override;
  void withdraw(Subscription& subscription) override;
  void hear_doorbell() override;
  void show_state(Subscription& subscription);
  std::optional<TimePoint> read_at() const;
  void read_when_due(TimePoint now);
  void on_state(const Result<BacklogReader::Snapshot>& state);
  std::optional<TimePoint> count_at() const;
  void count_when_due(TimePoint now);

  Frames state_;                   // the last one read
  std::string told_;               // what it says, without its date
  std::vector<ThreadId> threads_;  // that it names
  std::vector<ThreadReaders> readers_;
  Frames readers_frame_;  // none while nobody was ever told of readers
  std::optional<TimePoint> counted_at_;
  bool stale_ = true;
  bool listening_ = false;    // to the topic, since it was last subscribed
  std::int64_t version_ = 0;  // one more with each change, and with each time that changes may have been missed
  bool reading_ = false;
  std::optional<TimePoint> last_read_;
  std::optional<TimePoint> retry_at_;
  Backoff retry_{limits::live_read_retry_min, limits::live_read_retry_max};
  std::vector<Subscription*> waiting_;  // for the first state
};

}  // namespace foyer::live
