#include "server/live/live_metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>

namespace foyer::live {

void LiveMetrics::Counted::bring_to(std::uint64_t figure) {
  counter->Increment(static_cast<double>(figure - seen));
  seen = figure;
}

LiveMetrics::LiveMetrics(runtime::Metrics& metrics)
    : sockets_(metrics.gauge("foyer_live_sockets", "Open WebSockets.")),
      channels_(metrics.gauge("foyer_live_channels", "Channels with viewers, or lingering after the last one.")),
      subscriptions_(metrics.gauge("foyer_live_subscriptions", "Subscriptions of open sockets.")),
      redis_connected_(metrics.gauge("foyer_redis_connected", "1 while both links to Redis answer.")),
      events_received_{&metrics.counter("foyer_live_events_received_total", "Events that came over the bus.")},
      events_delivered_{
          &metrics.counter("foyer_live_events_delivered_total", "Live events given to sockets, times sockets.")},
      events_replayed_{&metrics.counter("foyer_live_events_replayed_total", "Events given to sockets that came back.")},
      replay_reads_{&metrics.counter("foyer_live_replay_reads_total", "Pages of history read from PostgreSQL.")},
      resyncs_{&metrics.counter("foyer_live_resyncs_total", "Subscriptions told to reload.")},
      holes_read_{&metrics.counter("foyer_live_holes_read_total", "Lost news found in PostgreSQL.")},
      repeats_dropped_{&metrics.counter("foyer_live_repeats_dropped_total", "Events that came more than once.")},
      strays_dropped_{
          &metrics.counter("foyer_live_strays_dropped_total", "Numbers on the bus that PostgreSQL does not know.")},
      bus_malformed_{&metrics.counter("foyer_live_bus_malformed_total", "Bus lines that could not be read.")},
      snapshot_reads_{&metrics.counter("foyer_live_snapshot_reads_total", "States of films and front read.")},
      removals_delivered_{
          &metrics.counter("foyer_live_removals_delivered_total", "Removals sent live to screens, times screens.")},
      removals_applied_{&metrics.counter("foyer_live_removals_applied_total", "Of these, acknowledged.")},
      removals_lost_{&metrics.counter("foyer_live_removals_lost_total", "Of these, to screens that left unheard.")},
      removals_returned_{
          &metrics.counter("foyer_live_removals_returned_total", "Acknowledged by screens that had come back.")},
      publish_drops_{
          &metrics.counter("foyer_redis_publish_drops_total", "Messages not published: Redis away or congested.")},
      redis_reconnects_{&metrics.counter("foyer_redis_reconnects_total", "Connections to Redis made anew.")},
      closed_too_slow_{&metrics.counter("foyer_live_closed_too_slow_total", "Sockets closed with 4408.")},
      closed_too_many_{&metrics.counter("foyer_live_closed_too_many_total", "Sockets closed with 4429.")},
      closed_revoked_{&metrics.counter("foyer_live_closed_revoked_total", "Sockets closed with 4401.")},
      subscriptions_ended_{
          &metrics.counter("foyer_live_subscriptions_ended_total", "Subscriptions ended as a right was lost.")},
      identity_reads_{
          &metrics.counter("foyer_live_identity_reads_total", "Reads that looked up who is behind sockets.")},
      identified_{&metrics.counter("foyer_live_identified_total", "Sockets looked up in these reads.")},
      rights_looks_{&metrics.counter("foyer_live_rights_looks_total", "Looks for changed rights.")},
      frames_received_{&metrics.counter("foyer_live_frames_received_total", "Messages and pings of clients.")},
      posts_{&metrics.counter("foyer_live_posts_total", "Posts written over sockets.")} {}

void LiveMetrics::refresh(const Hub& hub, const EventBus& bus, const SessionFigures& sessions,
                          const RightsFigures& rights, std::size_t sockets) {
  const HubFigures& figures = hub.figures();
  sockets_.Set(static_cast<double>(sockets));
  channels_.Set(static_cast<double>(hub.channels()));
  subscriptions_.Set(static_cast<double>(figures.subscriptions));
  redis_connected_.Set(bus.connected() ? 1 : 0);
  events_received_.bring_to(figures.events_received);
  events_delivered_.bring_to(figures.events_delivered);
  events_replayed_.bring_to(figures.events_replayed);
  replay_reads_.bring_to(figures.replay_reads);
  resyncs_.bring_to(figures.resyncs);
  holes_read_.bring_to(figures.holes_read);
  repeats_dropped_.bring_to(figures.repeats_dropped);
  strays_dropped_.bring_to(figures.strays_dropped);
  bus_malformed_.bring_to(figures.bus_malformed);
  snapshot_reads_.bring_to(figures.snapshot_reads);
  const ReachFigures& reach = hub.reach_figures();
  removals_delivered_.bring_to(static_cast<std::uint64_t>(reach.delivered));
  removals_applied_.bring_to(static_cast<std::uint64_t>(reach.applied));
  removals_lost_.bring_to(static_cast<std::uint64_t>(reach.lost));
  removals_returned_.bring_to(static_cast<std::uint64_t>(reach.returned));
  const EventBus::Figures bus_figures = bus.figures();
  publish_drops_.bring_to(bus_figures.publish_drops);
  redis_reconnects_.bring_to(bus_figures.reconnects);
  closed_too_slow_.bring_to(sessions.closed_too_slow);
  closed_too_many_.bring_to(sessions.closed_too_many);
  closed_revoked_.bring_to(sessions.closed_revoked);
  subscriptions_ended_.bring_to(sessions.subscriptions_ended);
  identity_reads_.bring_to(rights.identity_reads);
  identified_.bring_to(rights.identified);
  rights_looks_.bring_to(rights.looks);
  frames_received_.bring_to(sessions.frames_received);
  posts_.bring_to(sessions.posts);
}

}  // namespace foyer::live
