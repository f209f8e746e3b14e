#include "server/live/snapshot_channel.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "protocol/codec.hpp"

namespace foyer::live {
namespace {

// Of an envelope only the date before its data changes from read to read.
std::string_view without_date(std::string_view state) {
  const std::size_t data = state.find(",\"data\":");  // nothing a member wrote stands before it
  return data == std::string_view::npos ? state : state.substr(data);
}

}  // namespace

void SnapshotChannel::admit(Subscription& subscription) {
  // Without viewers it is not read again: what was read long ago would contradict the page that has just been loaded.
  if (state_ && (viewers() > 1 || (!stale_ && now() < *last_read_ + limits::snapshot_refresh))) {
    show_state(subscription);
  } else {
    subscription.place_ = Subscription::Place::waiting;
    waiting_.push_back(&subscription);
  }
}

void SnapshotChannel::withdraw(Subscription& subscription) { std::erase(waiting_, &subscription); }

void SnapshotChannel::show_state(Subscription& subscription) {
  answer(subscription, {});
  subscription.viewer_.send(state_);
  if (readers_frame_) {
    subscription.viewer_.send(readers_frame_);
  }
  go_live(subscription);
}

std::optional<std::int64_t> SnapshotChannel::heard_version() const {
  return listening_ && services_.bus.connected() ? std::optional(version_) : std::nullopt;
}

void SnapshotChannel::on_topic_subscribed() {
  stale_ = true;
  listening_ = true;
  ++version_;
}

void SnapshotChannel::on_bus_lost() {
  stale_ = true;
  listening_ = false;
}

void SnapshotChannel::hear_doorbell() {
  stale_ = true;
  ++version_;
}

void SnapshotChannel::on_time(TimePoint now) {
  LiveChannel::on_time(now);
  read_when_due(now);
  count_when_due(now);
}

std::optional<TimePoint> SnapshotChannel::due() const {
  auto due = LiveChannel::due();
  for (const auto& other : {read_at(), count_at()}) {
    due = due && other ? std::min(*due, *other) : due ? due : other;
  }
  return due;
}

std::optional<TimePoint> SnapshotChannel::count_at() const {
  if (viewers() == 0 || threads_.empty()) {
    return std::nullopt;
  }
  return counted_at_ ? *counted_at_ + limits::presence_every : TimePoint::min();
}

void SnapshotChannel::count_when_due(TimePoint now) {
  const auto due = count_at();
  if (!due || now < *due) {
    return;
  }
  counted_at_ = now;
  auto readers = services_.host.count_readers(threads_);
  if (readers == readers_) {
    return;
  }
  readers_ = std::move(readers);
  readers_frame_ = text_frame(codec::encode_readers(
      name(), readers_, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())));
  broadcast(readers_frame_);
}

std::optional<TimePoint> SnapshotChannel::read_at() const {
  if (viewers() == 0 || reading_) {
    return std::nullopt;
  }
  if (retry_at_) {
    return retry_at_;
  }
  if (!last_read_) {
    return TimePoint::min();
  }
  if (stale_ || !waiting_.empty()) {
    return *last_read_ + limits::snapshot_every;
  }
  return *last_read_ + (services_.bus.connected() ? limits::snapshot_refresh : limits::snapshot_poll);
}

void SnapshotChannel::read_when_due(TimePoint now) {
  const auto due = read_at();
  if (!due || now < *due) {
    return;
  }
  reading_ = true;
  stale_ = false;  // a doorbell from here on asks for another read
  last_read_ = now;
  retry_at_.reset();
  ++services_.figures.snapshot_reads;
  services_.backlog.read_snapshot(name(), [weak = weak_from_this()](const Result<BacklogReader::Snapshot>& state) {
    if (const auto self = std::static_pointer_cast<SnapshotChannel>(weak.lock())) {
      self->on_state(state);
    }
  });
}

void SnapshotChannel::on_state(const Result<BacklogReader::Snapshot>& state) {
  reading_ = false;
  if (state.has_value()) {
    retry_.reset();
    last_read_ = now();  // what is read next is sent limits::snapshot_every later, however long this read took
    const std::string_view told = without_date(state->text);
    const bool changed = told != told_;
    told_ = told;
    state_ = text_frame(state->text);
    threads_ = state->threads;
    if (changed) {
      broadcast(state_);
    }
    for (Subscription* subscription : std::exchange(waiting_, {})) {
      show_state(*subscription);
    }
  } else {
    for (Subscription* subscription : std::exchange(waiting_, {})) {
      refuse(*subscription, state.error());
    }
    if (state.error().code == ErrorCode::not_found) {
      vanish();
    }
    stale_ = true;
    retry_at_ = now() + retry_.next();
  }
  services_.host.settle(*this);
}

}  // namespace foyer::live
