// thread:{id} and member:{id}: every event once and in order to each subscriber, with no hole between history and
// what comes live. A subscriber that comes back reads its history from the ring, or else from PostgreSQL page by
// page until the ring takes over: so nothing needs to be merged or kept per socket. Pages are shared by all who
// wait for them.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "protocol/limits.hpp"
#include "server/live/backlog_ring.hpp"
#include "server/live/backoff.hpp"
#include "server/live/channel_sequencer.hpp"
#include "server/live/live_channel.hpp"
#include "server/live/turn_window.hpp"

namespace foyer::live {

class DurableChannel final : public LiveChannel {
 public:
  using LiveChannel::LiveChannel;

  void resume(Subscription& subscription) override;
  void acknowledge(Subscription& subscription, Seq seq) override;
  void on_committed(const EncodedEvent& event) override;
  std::optional<std::int64_t> heard_version() const override;
  void flush() override;
  void on_head(const Result<std::optional<Seq>>& head) override;
  void on_topic_subscribed() override;
  void on_bus_lost() override;
  bool silent(TimePoint now) const override;
  void on_time(TimePoint now) override;
  std::optional<TimePoint> due() const override;

 private:
  struct Part {  // of a page, for all subscriptions at the same position
    Seq from;
    Seq to;
    Frames frames;
  };

  void admit(Subscription& subscription) override;
  void withdraw(Subscription& subscription) override;
  void on_leave(const Subscription& subscription) override;
  void hear_event(const EventLine& event) override;
  void tell(const Frames& frames) override;

  Seq delivered() const { return ring_->head(); }
  void wait_for_head(Subscription& subscription);
  void refuse_waiting(const Error& error);
  void learn_head(Seq head);
  void place(Subscription& subscription);
  void place_resynced(Subscription& subscription);
  void settle_in(Subscription& subscription);
  void follow(Subscription& subscription);
  void replay(Subscription& subscription);
  void deliver_ahead(const std::vector<ChannelSequencer::Item>& items, const Frames& frames,
                     const std::vector<std::size_t>& offsets);

  void send_ready();
  static void begin_mark(Subscription& subscription, Seq since);
  void note_deliveries(const std::vector<ChannelSequencer::Item>& items);
  Seq sent(const Subscription& subscription) const;

  void read_page();
  Seq page_start() const;
  void on_page(Seq since, const Result<forum::CatchUp>& page);
  void refuse_what_is_gone(Seq since, const forum::CatchUp& page);
  void serve_page(const forum::CatchUp& page);
  void send_part(Subscription& subscription, const forum::CatchUp& page, Part& part);
  void read_hole(TimePoint now);
  void on_hole(const Result<forum::CatchUp>& page);
  void count_sequencer_figures();

  // Both are there from when the head is known.
  std::optional<ChannelSequencer> sequencer_;
  std::optional<BacklogRing> ring_;
  ChannelSequencer::Figures counted_;
  bool compared_ = false;  // with PostgreSQL's head, since the bus was last away
  Seq known_head_;         // PostgreSQL's, as last heard
  Seq heard_early_;        // on the bus, before the first head came
  TimePoint last_news_;
  TurnWindow window_;
  std::optional<TimePoint> window_ends_;  // of events that are ready and wait

  std::vector<Subscription*> waiting_;
  std::vector<Subscription*> ahead_;
  std::deque<Subscription*> replaying_;  // the next page is read for the oldest; the others take what fits
  bool reading_page_ = false;
  bool page_kept_ = true;  // the ring took the last page, or nobody waits
  std::optional<TimePoint> page_retry_at_;
  Backoff page_retry_{limits::live_read_retry_min, limits::live_read_retry_max};
};

}  // namespace foyer::live
