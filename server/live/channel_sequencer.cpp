#include "server/live/channel_sequencer.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace foyer::live {

ChannelSequencer::ChannelSequencer(Seq head) : head_(head.value), wanted_(head.value) {}

void ChannelSequencer::offer(Seq seq, std::string_view json, TimePoint now) {
  if (seq.value <= head_ || held_.contains(seq.value)) {
    ++figures_.repeats;
    return;
  }
  if (seq.value == head_ + 1) {
    ready_.push_back({seq, std::string(json)});
    head_ = seq.value;
    wanted_ = std::max(wanted_, head_);
    release_held();
    return;
  }
  hold(seq.value, json);
  want(seq.value, now + limits::sequencer_hole_time);
}

void ChannelSequencer::announce(Seq head, TimePoint read_at) {
  if (reading_since_) {
    announced_while_reading_ = std::max(announced_while_reading_, head.value);
  }
  if (head.value > head_) {
    want(head.value, read_at);
  }
}

// A hole that is waited for keeps its date; a nearer one wins.
void ChannelSequencer::want(std::int64_t seq, TimePoint read_at) {
  wanted_ = std::max(wanted_, seq);
  read_at_ = read_at_ ? std::min(*read_at_, read_at) : read_at;
}

void ChannelSequencer::hold(std::int64_t seq, std::string_view json) {
  held_.emplace(seq, Held{std::string(json), ++arrivals_});
  held_bytes_ += json.size();
  while (held_.size() > limits::sequencer_held_events || held_bytes_ > limits::sequencer_held_bytes) {
    drop_farthest();
  }
}

// It stays wanted, so it is read from PostgreSQL when its turn comes.
void ChannelSequencer::drop_farthest() {
  const auto farthest = std::prev(held_.end());
  held_bytes_ -= farthest->second.json.size();
  held_.erase(farthest);
  ++figures_.early_drops;
}

void ChannelSequencer::release_held() {
  while (!held_.empty() && held_.begin()->first <= head_ + 1) {
    auto next = held_.extract(held_.begin());
    held_bytes_ -= next.mapped().json.size();
    if (next.key() == head_ + 1) {
      head_ = next.key();
      ready_.push_back({Seq{head_}, std::move(next.mapped().json)});
    }
  }
  wanted_ = std::max(wanted_, head_);
  if (!behind()) {
    read_at_.reset();
  }
}

std::optional<Seq> ChannelSequencer::begin_read(TimePoint now) {
  if (reading_since_ || !behind() || !read_at_ || now < *read_at_) {
    return std::nullopt;
  }
  reading_since_ = arrivals_;
  announced_while_reading_ = 0;
  return Seq{head_};
}

void ChannelSequencer::accept_read(const std::vector<EncodedEvent>& events, Seq head, TimePoint now) {
  assert(reading_since_);
  const std::int64_t before = head_;
  for (const EncodedEvent& event : events) {
    if (event.seq.value == head_ + 1) {
      head_ = event.seq.value;
      ready_.push_back({event.seq, event.json});
    }
  }
  const bool progress = head_ > before;
  figures_.holes_read += progress ? 1 : 0;
  release_held();
  forget_strays(head.value);
  reading_since_.reset();
  if (!behind()) {
    retry_.reset();
    return;
  }
  // A full page: go on at once. Otherwise what is missing is still on its way here or was announced meanwhile;
  // an answer that never helps must not be asked for without pause.
  if (progress) {
    retry_.reset();
    read_at_ = now;
  } else {
    read_at_ = now + retry_.next();
  }
}

// What arrived before the read began and lies above the head that it saw was never committed: a message of
// another installation or an attack. Kept, it would be asked for until the end of time.
void ChannelSequencer::forget_strays(std::int64_t known_head) {
  while (!held_.empty()) {
    const auto farthest = std::prev(held_.end());
    if (farthest->first <= known_head || farthest->second.arrival > *reading_since_) {
      break;
    }
    held_bytes_ -= farthest->second.json.size();
    held_.erase(farthest);
    ++figures_.strays;
  }
  wanted_ = std::max({head_, known_head, announced_while_reading_, held_.empty() ? 0 : held_.rbegin()->first});
  if (!behind()) {
    read_at_.reset();
  }
}

void ChannelSequencer::fail_read(TimePoint now) {
  assert(reading_since_);
  reading_since_.reset();
  if (behind()) {
    read_at_ = now + retry_.next();
  }
}

std::vector<ChannelSequencer::Item> ChannelSequencer::take() { return std::exchange(ready_, {}); }

std::optional<TimePoint> ChannelSequencer::due() const { return behind() && !reading_since_ ? read_at_ : std::nullopt; }

}  // namespace foyer::live
