#include "server/live/backlog_ring.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <utility>

#include "protocol/limits.hpp"
#include "server/live/bus_message.hpp"

namespace foyer::live {

BacklogRing::BacklogRing(Seq head) : floor_(head.value) {}

const std::string& BacklogRing::append([[maybe_unused]] Seq seq, std::string_view json) {
  assert(seq.value == head().value + 1);
  const std::size_t subject = subject_of(json);
  retire(subject);
  last_answer_ = {};
  Entry& entry = entries_.emplace_back(Entry{{}, subject});
  append_text_frame(entry.frame, json);
  bytes_ += entry.frame.size();
  // The newest stays whatever its size, for the caller holds a reference to its frame.
  while (entries_.size() > limits::channel_backlog_events ||
         (bytes_ > limits::channel_backlog_bytes && entries_.size() > 1)) {
    drop_oldest();
  }
  return entry.frame;
}

void BacklogRing::prepend(const std::vector<EncodedEvent>& events) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (event->seq.value > floor_) {
      continue;
    }
    Entry entry{{}, subject_of(event->json)};
    append_text_frame(entry.frame, event->json);
    if (event->seq.value != floor_ || entries_.size() == limits::channel_backlog_events ||
        bytes_ + entry.frame.size() > limits::channel_backlog_bytes) {
      return;
    }
    bytes_ += entry.frame.size();
    entries_.push_front(std::move(entry));
    --floor_;
  }
}

Frames BacklogRing::after(Seq since) {
  assert(covers(since));
  if (last_answer_.frames && last_answer_.since == since && last_answer_.head == head()) {
    return last_answer_.frames;
  }
  auto frames = std::make_shared<std::string>();
  for (auto index = static_cast<std::size_t>(since.value - floor_); index < entries_.size(); ++index) {
    frames->append(entries_[index].frame);
  }
  last_answer_ = {since, head(), frames};
  return frames;
}

void BacklogRing::drop_oldest() {
  bytes_ -= entries_.front().frame.size();
  entries_.pop_front();
  ++floor_;
}

std::size_t BacklogRing::subject_of(std::string_view json) {
  const std::string_view subject = event_subject(json);
  return subject.empty() ? unclear : std::hash<std::string_view>{}(subject);
}

void BacklogRing::retire(std::size_t subject) {
  const auto stale = std::find_if(entries_.rbegin(), entries_.rend(), [subject](const Entry& entry) {
    return subject == unclear || entry.subject == unclear || entry.subject == subject;
  });
  for (auto count = std::distance(stale, entries_.rend()); count > 0; --count) {
    drop_oldest();
  }
}

}  // namespace foyer::live
