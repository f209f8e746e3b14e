// The part of DurableChannel that reads PostgreSQL: pages of history for those who come back, and holes.
#include <algorithm>
#include <utility>

#include "server/live/durable_channel.hpp"

namespace foyer::live {
namespace {

constexpr int page_size = static_cast<int>(limits::replay_page);

}  // namespace

void DurableChannel::read_page() {
  if (reading_page_ || page_retry_at_ || replaying_.empty()) {
    return;
  }
  reading_page_ = true;
  ++services_.figures.replay_reads;
  const Seq since = replaying_.front()->position_;
  services_.backlog.read_events(name(), since, page_size,
                                [weak = weak_from_this(), since](const Result<forum::CatchUp>& page) {
                                  if (const auto self = std::static_pointer_cast<DurableChannel>(weak.lock())) {
                                    self->on_page(since, page);
                                  }
                                });
}

void DurableChannel::on_page(Seq since, const Result<forum::CatchUp>& page) {
  reading_page_ = false;
  if (page.has_error()) {
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
    const bool dense = !page->events.empty() && page->events.front().seq.value == since.value + 1;
    if (dense || replaying_.empty() || replaying_.front()->position_ != since) {
      serve_page(*page);
    } else {
      Subscription& first = *replaying_.front();
      replaying_.pop_front();
      refuse(first, refused(ErrorCode::resync_needed, "This part of the history is gone. Reload and subscribe anew."));
    }
    read_page();
  }
  services_.host.settle(*this);
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
  services_.backlog.read_events(name(), *since, page_size,
                                [weak = weak_from_this()](const Result<forum::CatchUp>& page) {
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
