// The part of DurableChannel that reads PostgreSQL: pages of history for those who come back, and holes.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "server/live/durable_channel.hpp"

namespace foyer::live {

void DurableChannel::read_page() {
  if (reading_page_ || page_retry_at_ || replaying_.empty()) {
    return;
  }
  reading_page_ = true;
  ++services_.figures.replay_reads;
  const Seq since = page_start();
  services_.backlog.read_events(name(), since, [weak = weak_from_this(), since](const Result<forum::CatchUp>& page) {
    if (const auto self = std::static_pointer_cast<DurableChannel>(weak.lock())) {
      self->on_page(since, page);
    }
  });
}

// Backwards from the ring, a whole page at a time, so that what one reader needs is kept for all who come after; only
// the first page, of one who is a few events late, is cut to need. When the ring does not take a page (it is full, or
// newer events came meanwhile), forwards from the oldest position: that always gets on.
Seq DurableChannel::page_start() const {
  const Seq oldest =
      std::ranges::min(replaying_, {}, [](const Subscription* one) { return one->position_; })->position_;
  const auto page_size = static_cast<std::int64_t>(limits::replay_page);
  const Seq whole_page{std::max<std::int64_t>(ring_->floor().value - page_size, 0)};
  if (oldest >= ring_->floor()) {
    return oldest;  // something is missed, and the ring must not be used
  }
  const bool far = oldest < whole_page;
  return (far ? page_kept_ : ring_->floor() < ring_->head()) ? whole_page : oldest;
}

void DurableChannel::on_page(Seq since, const Result<forum::CatchUp>& page) {
  if (page.has_error()) {
    reading_page_ = false;
    page_retry_at_ = now() + page_retry_.next();
  } else {
    page_retry_.reset();
    if (page->head > delivered()) {
      learn_head(page->head);
    }
    // Unless something newer than this read is in the ring: it may have taken away a text that the page shows.
    if (page->head >= delivered()) {
      ring_->prepend(page->events);
    }
    page_kept_ = ring_->floor() <= since;
    serve_page(*page);
    page_kept_ = page_kept_ || replaying_.empty();
    refuse_what_is_gone(since, *page);
    reading_page_ = false;  // not before all have their new places
    read_page();
  }
  services_.host.settle(*this);
}

// A page that brings its oldest reader nothing will not do so the next time either.
void DurableChannel::refuse_what_is_gone(Seq since, const forum::CatchUp& page) {
  const Seq first = page.events.empty() ? Seq{INT64_MAX} : page.events.front().seq;
  const auto gone = [&](const Subscription* waiting) {
    return waiting->position_ >= since && waiting->position_.value + 1 < first.value;
  };
  for (auto found = std::ranges::find_if(replaying_, gone); found != replaying_.end();
       found = std::ranges::find_if(replaying_, gone)) {
    Subscription& subscription = **found;
    replaying_.erase(found);
    refuse(subscription,
           refused(ErrorCode::resync_needed, "This part of the history is gone. Reload and subscribe anew."));
  }
}

void DurableChannel::serve_page(const forum::CatchUp& page) {
  Part part;
  for (Subscription* subscription : std::exchange(replaying_, {})) {
    if (subscription->viewer_.waiting_bytes() <= limits::live_replay_bytes) {
      send_part(*subscription, page, part);
    }
    replay(*subscription);
  }
}

// Sends what the page has for the position, at most limits::live_replay_bytes and a bit: a history of long posts
// must not overrun the queue of the socket that asked for it.
void DurableChannel::send_part(Subscription& subscription, const forum::CatchUp& page, Part& part) {
  const Seq position = subscription.position_;
  if (page.events.empty() || position.value + 1 < page.events.front().seq.value || position >= page.events.back().seq) {
    return;
  }
  if (!part.frames || part.from != position) {
    auto frames = std::make_shared<std::string>();
    auto index = static_cast<std::size_t>(position.value + 1 - page.events.front().seq.value);
    for (; index < page.events.size() && frames->size() <= limits::live_replay_bytes; ++index) {
      append_text_frame(*frames, page.events[index].json);
      part.to = page.events[index].seq;
    }
    part.from = position;
    part.frames = std::move(frames);
  }
  services_.figures.events_replayed += static_cast<std::uint64_t>(part.to.value - position.value);
  subscription.position_ = part.to;
  subscription.viewer_.send(part.frames);
}

void DurableChannel::read_hole(TimePoint now) {
  const auto since = sequencer_->begin_read(now);
  if (!since) {
    return;
  }
  services_.backlog.read_events(name(), *since, [weak = weak_from_this()](const Result<forum::CatchUp>& page) {
    if (const auto self = std::static_pointer_cast<DurableChannel>(weak.lock())) {
      self->on_hole(page);
    }
  });
}

void DurableChannel::on_hole(const Result<forum::CatchUp>& page) {
  if (page.has_error()) {
    sequencer_->fail_read(now());
  } else {
    known_head_ = std::max(known_head_, page->head);
    sequencer_->accept_read(page->events, page->head, now());
  }
  services_.host.settle(*this);
}

}  // namespace foyer::live
