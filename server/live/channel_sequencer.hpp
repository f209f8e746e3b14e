// Makes the bus's at-most-once news of one durable channel exactly-once and in order: delivers in seq order, holds
// what came early, says when a hole is to be read from PostgreSQL, drops repeats. A pure class: no I/O, the time
// is passed in. Its owner performs the reads it asks for and passes on what take() returns.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/events.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "server/live/backoff.hpp"
#include "server/live/live_clock.hpp"

namespace foyer::live {

class ChannelSequencer {
 public:
  struct Item {
    Seq seq;
    std::string json;
  };
  struct Figures {
    std::uint64_t repeats = 0;
    std::uint64_t holes_read = 0;   // answers that brought something missing
    std::uint64_t early_drops = 0;  // held too many: read again later
    std::uint64_t strays = 0;       // numbers that PostgreSQL does not know
  };

  // Everything up to `head` counts as delivered.
  explicit ChannelSequencer(Seq head);

  // From the bus.
  void offer(Seq seq, std::string_view json, TimePoint now);
  // PostgreSQL has come to `head`: what is missing is read when it has not arrived by `read_at`.
  void announce(Seq head, TimePoint read_at);

  // When a hole is due and no read is under way: the seq to read after. The owner answers with accept_read or
  // fail_read, once.
  std::optional<Seq> begin_read(TimePoint now);
  // `events` follow the asked seq densely; `head` is PostgreSQL's of the same statement.
  void accept_read(const std::vector<EncodedEvent>& events, Seq head, TimePoint now);
  void fail_read(TimePoint now);

  // What became ready, in order, each seq once.
  std::vector<Item> take();
  bool has_ready() const { return !ready_.empty(); }

  Seq head() const { return Seq{head_}; }  // delivered up to here (taken or ready)
  bool behind() const { return head_ < wanted_; }
  // When begin_read will have something, if nothing arrives before.
  std::optional<TimePoint> due() const;
  const Figures& figures() const { return figures_; }

 private:
  struct Held {
    std::string json;
    std::uint64_t arrival;
  };
  void release_held();
  void hold(std::int64_t seq, std::string_view json);
  void drop_farthest();
  void forget_strays(std::int64_t known_head);
  void want(std::int64_t seq, TimePoint read_at);

  std::int64_t head_;
  std::int64_t wanted_;  // the highest seq known to exist
  std::vector<Item> ready_;
  std::map<std::int64_t, Held> held_;  // above head_ + 1
  std::size_t held_bytes_ = 0;
  std::optional<TimePoint> read_at_;  // of the present hole
  std::uint64_t arrivals_ = 0;        // of held events, to tell what came before a read began
  std::optional<std::uint64_t> reading_since_;
  std::int64_t announced_while_reading_ = 0;
  Backoff retry_{limits::live_read_retry_min, limits::live_read_retry_max};
  Figures figures_;
};

}  // namespace foyer::live
