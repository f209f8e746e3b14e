#include "server/live/durable_channel.hpp"

#include <algorithm>
#include <utility>

namespace foyer::live {

// While the bus is away this node does not hear what happens, and until PostgreSQL has said what was missed its memory
// may hold what was taken away since.
void DurableChannel::admit(Subscription& subscription) {
  send_ready();  // what waits for the end of a window may take away what memory would replay
  if (ring_ && compared_ && services_.bus.connected()) {
    place(subscription);
  } else {
    wait_for_head(subscription);
  }
}

void DurableChannel::withdraw(Subscription& subscription) {
  std::erase(waiting_, &subscription);
  std::erase(ahead_, &subscription);
  std::erase(replaying_, &subscription);
}

void DurableChannel::wait_for_head(Subscription& subscription) {
  subscription.place_ = Subscription::Place::waiting;
  subscription.head_asked_ = true;
  waiting_.push_back(&subscription);
  services_.host.want_head(name());
}

void DurableChannel::refuse_waiting(const Error& error) {
  for (Subscription* subscription : std::exchange(waiting_, {})) {
    refuse(*subscription, error);
  }
}

void DurableChannel::on_head(const Result<std::optional<Seq>>& head) {
  if (head.has_error()) {
    refuse_waiting(head.error());
    return;
  }
  if (!head->has_value()) {
    refuse_waiting(refused(ErrorCode::not_found, "There is no such channel."));
    if (!ring_) {
      vanish();
    }
    return;
  }
  learn_head(**head);
  compared_ = services_.bus.connected();
  for (Subscription* subscription : std::exchange(waiting_, {})) {
    place(*subscription);
  }
}

// The first head is where this node begins; a later one above what is delivered means that news were lost or are
// still on their way. Without the bus there is nothing to wait for.
void DurableChannel::learn_head(Seq head) {
  known_head_ = std::max(known_head_, head);
  if (!ring_) {
    sequencer_.emplace(head);
    ring_.emplace(head);
    sequencer_->announce(heard_early_, now());
    return;
  }
  sequencer_->announce(head, services_.bus.connected() ? now() + limits::sequencer_hole_time : now());
}

// What was published before the topic was heard is missing.
void DurableChannel::on_topic_subscribed() {
  compared_ = false;
  services_.host.want_head(name());
}

void DurableChannel::on_bus_lost() { compared_ = false; }

bool DurableChannel::silent(TimePoint now) const {
  return ring_ && (!services_.bus.connected() || now - last_news_ >= limits::head_check_every / 2);
}

void DurableChannel::place(Subscription& subscription) {
  const auto since = subscription.since_;
  if (!since) {
    answer(subscription, {.seq = delivered()});
    begin_mark(subscription, delivered());
    follow(subscription);
  } else if (*since > delivered() && *since > known_head_) {
    // Either this node is behind PostgreSQL or the client is ahead of it: PostgreSQL knows.
    if (subscription.head_asked_) {
      place_resynced(subscription);
    } else {
      wait_for_head(subscription);
    }
  } else if (delivered().value - since->value > limits::replay_events) {
    place_resynced(subscription);
  } else {
    answer(subscription, {.seq = std::max(delivered(), *since)});
    begin_mark(subscription, *since);
    subscription.position_ = *since;
    replay(subscription);
  }
}

void DurableChannel::place_resynced(Subscription& subscription) {
  answer(subscription, {.seq = delivered(), .resync = true});
  begin_mark(subscription, std::min(*subscription.since_, delivered()));
  follow(subscription);
}

void DurableChannel::replay(Subscription& subscription) {
  if (subscription.position_ >= delivered()) {
    settle_in(subscription);
  } else if (subscription.viewer_.waiting_bytes() > limits::live_replay_bytes) {
    subscription.place_ = Subscription::Place::parked;
  } else if (ring_->covers(subscription.position_) && known_head_ <= delivered()) {
    // Not while something is missed: it may have taken away a text that is in the ring.
    services_.figures.events_replayed += static_cast<std::uint64_t>(delivered().value - subscription.position_.value);
    subscription.viewer_.send(ring_->after(subscription.position_));
    follow(subscription);
  } else {
    subscription.place_ = Subscription::Place::replaying;
    replaying_.push_back(&subscription);
    read_page();
  }
}

void DurableChannel::settle_in(Subscription& subscription) {
  if (subscription.position_ == delivered()) {
    follow(subscription);
  } else {
    subscription.place_ = Subscription::Place::ahead;
    subscription.mark_->live_from = subscription.mark_->live_from.value_or(subscription.position_);
    ahead_.push_back(&subscription);
  }
}

void DurableChannel::follow(Subscription& subscription) {
  subscription.mark_->live_from = subscription.mark_->live_from.value_or(delivered());
  go_live(subscription);
}

void DurableChannel::resume(Subscription& subscription) {
  send_ready();
  replay(subscription);
}

// A removal that was acknowledged must not be outrun by the text in memory while Redis is slow to say it, and what
// Redis loses is read without waiting for the next look at the heads.
void DurableChannel::on_committed(const EncodedEvent& event) {
  if (!ring_) {
    return;
  }
  learn_head(event.seq);
  if (!creates_post(event.json)) {
    ring_->forget_before(event.json);
  }
}

std::optional<std::int64_t> DurableChannel::heard_version() const {
  const bool certain = ring_ && compared_ && services_.bus.connected() && !sequencer_->behind() &&
                       !sequencer_->has_ready() && known_head_ <= delivered();
  return certain ? std::optional(delivered().value) : std::nullopt;
}

void DurableChannel::hear_event(const EventLine& event) {
  ++services_.figures.events_received;
  last_news_ = now();
  if (sequencer_) {
    sequencer_->offer(event.seq, event.json, last_news_);
  } else {
    heard_early_ = std::max(heard_early_, event.seq);  // it is read when the head does not include it
  }
}

void DurableChannel::flush() {
  if (!sequencer_) {
    return;
  }
  read_hole(now());
  count_sequencer_figures();
  if (const TimePoint end = window_.end(live_.size()); sequencer_->has_ready() && now() < end) {
    window_ends_ = end;
  } else {
    send_ready();
  }
}

void DurableChannel::send_ready() {
  const bool waited = std::exchange(window_ends_, std::nullopt).has_value();
  if (!sequencer_ || !sequencer_->has_ready()) {
    return;
  }
  const auto items = sequencer_->take();
  window_.note_turn(now(), items.size(), waited);
  auto frames = std::make_shared<std::string>();
  std::vector<std::size_t> offsets;
  for (const ChannelSequencer::Item& item : items) {
    offsets.push_back(frames->size());
    frames->append(ring_->append(item.seq, item.json));
  }
  const Frames shared = std::move(frames);
  broadcast(shared);
  services_.figures.events_delivered += items.size() * live_.size();
  note_deliveries(items);
  deliver_ahead(items, shared, offsets);
}

// Subscriptions that already have some of these events from PostgreSQL get the rest.
void DurableChannel::deliver_ahead(const std::vector<ChannelSequencer::Item>& items, const Frames& frames,
                                   const std::vector<std::size_t>& offsets) {
  for (Subscription* subscription : std::exchange(ahead_, {})) {
    if (subscription->position_ < delivered()) {
      const auto skipped = static_cast<std::size_t>(subscription->position_.value - items.front().seq.value + 1);
      subscription->viewer_.send(std::make_shared<const std::string>(frames->substr(offsets[skipped])));
      services_.figures.events_delivered += items.size() - skipped;
      subscription->position_ = delivered();
    }
    settle_in(*subscription);
  }
}

void DurableChannel::tell(const Frames& frames) {
  LiveChannel::tell(frames);
  for (const Subscription* subscription : ahead_) {
    subscription->viewer_.send(frames);
  }
  for (const Subscription* subscription : replaying_) {
    subscription->viewer_.send(frames);
  }
}

void DurableChannel::on_time(TimePoint now) {
  LiveChannel::on_time(now);
  if (page_retry_at_ && now >= *page_retry_at_) {
    page_retry_at_.reset();
    read_page();
  }
}

std::optional<TimePoint> DurableChannel::due() const {
  auto earliest = LiveChannel::due();
  for (const auto& other : {page_retry_at_, window_ends_, sequencer_ ? sequencer_->due() : std::nullopt}) {
    if (other && (!earliest || *other < *earliest)) {
      earliest = other;
    }
  }
  return earliest;
}

void DurableChannel::count_sequencer_figures() {
  const ChannelSequencer::Figures& present = sequencer_->figures();
  services_.figures.holes_read += present.holes_read - counted_.holes_read;
  services_.figures.repeats_dropped += present.repeats - counted_.repeats;
  services_.figures.strays_dropped += present.strays - counted_.strays;
  counted_ = present;
}

}  // namespace foyer::live
