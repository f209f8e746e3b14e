// The live edge's metrics: its parts keep plain figures on the I/O thread, and these are brought up to date from
// them just before each collection, so that nothing is paid per event and socket.
#pragma once

#include <cstdint>
#include <vector>

#include "server/live/event_bus.hpp"
#include "server/live/hub.hpp"
#include "server/live/live_session.hpp"
#include "server/runtime/metrics.hpp"

namespace foyer::live {

class LiveMetrics {
 public:
  explicit LiveMetrics(runtime::Metrics& metrics);

  void refresh(const Hub& hub, const EventBus& bus, const SessionFigures& sessions, const RightsFigures& rights,
               std::size_t sockets);

 private:
  struct Counted {
    prometheus::Counter* counter;
    std::uint64_t seen = 0;
    void bring_to(std::uint64_t figure);
  };

  prometheus::Gauge& sockets_;
  prometheus::Gauge& channels_;
  prometheus::Gauge& subscriptions_;
  prometheus::Gauge& redis_connected_;
  Counted events_received_;
  Counted events_delivered_;
  Counted events_replayed_;
  Counted replay_reads_;
  Counted resyncs_;
  Counted holes_read_;
  Counted repeats_dropped_;
  Counted strays_dropped_;
  Counted bus_malformed_;
  Counted snapshot_reads_;
  Counted removals_delivered_;
  Counted removals_applied_;
  Counted removals_lost_;
  Counted removals_returned_;
  Counted publish_drops_;
  Counted redis_reconnects_;
  Counted closed_too_slow_;
  Counted closed_too_many_;
  Counted closed_revoked_;
  Counted subscriptions_ended_;
  Counted identity_reads_;
  Counted identified_;
  Counted rights_looks_;
  Counted frames_received_;
  Counted posts_;
};

}  // namespace foyer::live
