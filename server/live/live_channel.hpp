// A channel with viewers on this node: the dense array of its live subscriptions, presence, and how long it
// lingers after the last viewer left. What is delivered differs: DurableChannel and SnapshotChannel. Owned by
// the hub; a Subscription is owned by its session and leaves the channel when it is dropped. I/O thread only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "protocol/channel.hpp"
#include "protocol/events.hpp"
#include "protocol/frames.hpp"
#include "server/live/backlog_reader.hpp"
#include "server/live/bus_message.hpp"
#include "server/live/event_bus.hpp"
#include "server/live/live_clock.hpp"
#include "server/live/presence.hpp"
#include "server/live/reach_ledger.hpp"
#include "server/live/viewer.hpp"

namespace foyer::live {

class LiveChannel;

struct HubFigures {                 // since start; for metrics
  std::uint64_t subscriptions = 0;  // present number
  std::uint64_t events_received = 0;
  std::uint64_t events_delivered = 0;  // times receivers
  std::uint64_t events_replayed = 0;
  std::uint64_t resyncs = 0;
  std::uint64_t replay_reads = 0;  // pages of history read from PostgreSQL
  std::uint64_t snapshot_reads = 0;
  std::uint64_t holes_read = 0;
  std::uint64_t repeats_dropped = 0;
  std::uint64_t strays_dropped = 0;
  std::uint64_t bus_malformed = 0;
};

// What a channel asks of the hub.
class ChannelHost {
 public:
  // The channel's head is read from PostgreSQL soon, together with others; the answer is on_head().
  virtual void want_head(Channel channel) = 0;
  // Something came outside a turn of the bus: pass on what is ready, look at the deadlines.
  virtual void settle(LiveChannel& channel) = 0;
  // Those of the threads that more than one reads, over all nodes; from now on this node listens to all of them.
  virtual std::vector<ThreadReaders> count_readers(const std::vector<ThreadId>& threads) = 0;

 protected:
  ~ChannelHost() = default;
};

struct ChannelServices {
  std::string node;
  EventBus& bus;
  BacklogReader& backlog;
  LiveClock& clock;
  ChannelHost& host;
  ReachLedger& reach;
  HubFigures& figures;
};

class Subscription {
 public:
  Subscription(std::weak_ptr<LiveChannel> owner, Viewer& viewer, const SubscribeFrame& frame,
               const ReachWitness& witness);
  ~Subscription();  // leaves the channel
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  Channel channel() const { return channel_; }
  // The viewer has written what was waiting.
  void resume();
  // The viewer has applied a removal, and all up to here.
  void acknowledge(Seq seq);
  // What it has acknowledged so far.
  std::optional<Seq> acknowledged() const { return mark_ ? mark_->acknowledged : std::nullopt; }

 private:
  friend class LiveChannel;
  friend class DurableChannel;
  friend class SnapshotChannel;

  enum class Place : std::uint8_t {
    nowhere,    // not yet joined, or refused
    waiting,    // for the head or the first state
    replaying,  // for a page of history
    parked,     // in history, until the viewer has written what it has
    ahead,      // its position is above what this node has delivered
    live,
  };

  std::weak_ptr<LiveChannel> owner_;
  Viewer& viewer_;
  const Channel channel_;
  const std::int64_t frame_id_;
  const std::optional<Seq> since_;
  Seq position_;  // delivered up to here, unless live
  const ReachWitness witness_;
  std::optional<ReachMark> mark_;  // of a durable channel, from the answer on
  bool head_asked_ = false;
  Place place_ = Place::nowhere;
  std::size_t index_ = 0;  // in the live array
};

class LiveChannel : public std::enable_shared_from_this<LiveChannel> {
 public:
  LiveChannel(Channel name, ChannelServices& services);
  virtual ~LiveChannel() = default;
  LiveChannel(const LiveChannel&) = delete;
  LiveChannel& operator=(const LiveChannel&) = delete;

  Channel name() const { return name_; }
  std::size_t viewers() const { return viewers_; }
  // On all nodes.
  int present_viewers() { return presence_.state(now()).viewers; }

  // Registers the subscription first; its answer, history and events follow through its viewer.
  void join(Subscription& subscription);
  void leave(Subscription& subscription);
  virtual void resume(Subscription&) {}
  virtual void acknowledge(Subscription&, Seq) {}

  void hear(const BusMessage& message);
  // This node has committed it; it is heard like everybody's later.
  virtual void on_committed(const EncodedEvent&) {}
  virtual void on_committed_change() {}  // of what a snapshot channel shows
  // See Hub::heard_version. listen() keeps the channel open; true when it has a new deadline.
  bool listen();
  virtual std::optional<std::int64_t> heard_version() const = 0;
  // Passes on what the messages of one turn made ready.
  virtual void flush() {}
  // Of a durable channel, from PostgreSQL: its head, nothing when it does not exist, or why it could not be read.
  virtual void on_head(const Result<std::optional<Seq>>&) {}
  virtual void on_topic_subscribed() {}
  virtual void on_bus_lost() {}
  // True when its head should be compared with PostgreSQL's.
  virtual bool silent(TimePoint) const { return false; }

  virtual void on_time(TimePoint now);
  virtual std::optional<TimePoint> due() const;
  bool expired(TimePoint now) const;

  // The hub's note of the next call of on_time.
  std::optional<TimePoint> scheduled;

 protected:
  virtual void admit(Subscription& subscription) = 0;
  // Takes the subscription out of the place it waits in.
  virtual void withdraw(Subscription& subscription) = 0;
  // It leaves of its own accord; it still stands where it stood.
  virtual void on_leave(const Subscription&) {}
  virtual void hear_event(const EventLine&) {}
  virtual void hear_doorbell() {}
  // Presence goes to all who have had their answer.
  virtual void tell(const Frames& frames);

  struct Position {  // what the answer to a subscription says
    std::optional<Seq> seq;
    bool resync = false;
  };
  void answer(Subscription& subscription, const Position& position);
  void refuse(Subscription& subscription, const Error& error);
  void go_live(Subscription& subscription);
  // Nothing by this name exists: the channel goes as soon as its viewers are refused.
  void vanish() { vanished_ = true; }
  TimePoint now() const { return services_.clock.now(); }

  ChannelServices& services_;
  struct Seat {
    Subscription* subscription;
    Outlet* outlet;
  };
  // To all that are live.
  void broadcast(const Frames& frames);
  std::vector<Seat> live_;

 private:
  void count_viewers(std::ptrdiff_t change);

  const Channel name_;
  const std::string topic_;
  std::size_t viewers_ = 0;
  std::optional<TimePoint> lingers_until_;
  bool vanished_ = false;
  Presence presence_;
};

}  // namespace foyer::live
