// The last events of a channel with viewers, framed, so that sockets which come back need no PostgreSQL. Bounded
// in number and bytes. A replay must show each post in its present state: when an event is appended, earlier ones
// about the same post or thread are no longer replayed from here, nor is anything before them.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/events.hpp"
#include "server/live/frame.hpp"

namespace foyer::live {

class BacklogRing {
 public:
  explicit BacklogRing(Seq head);

  // The next event of the channel; the answer is its frame, valid until the next call.
  const std::string& append(Seq seq, std::string_view json);
  // Events that end right before the oldest one here. The caller has made sure that they were read after the
  // newest event here was committed: only then do they show the present state. As many as fit.
  void prepend(const std::vector<EncodedEvent>& events);

  // What is about the same post or thread as this event, which is committed, is not replayed from here any more.
  void forget_before(std::string_view json) { retire(subject_of(json)); }

  Seq floor() const { return Seq{floor_}; }
  Seq head() const { return Seq{floor_ + static_cast<std::int64_t>(entries_.size())}; }
  bool covers(Seq since) const { return since.value >= floor_ && since <= head(); }
  // One buffer with all frames after `since`, which covers() has affirmed. The last one is kept: a herd that
  // comes back at once mostly asks for the same.
  Frames after(Seq since);

 private:
  struct Entry {
    std::string frame;
    std::size_t subject = unclear;  // hash; two that meet by chance only shorten the ring
  };
  static constexpr std::size_t unclear = 0;
  static std::size_t subject_of(std::string_view json);
  void drop_oldest();
  void retire(std::size_t subject);

  std::int64_t floor_;  // the entries are floor_ + 1, floor_ + 2, …
  std::deque<Entry> entries_;
  std::size_t bytes_ = 0;
  struct {
    Seq since;
    Seq head;
    Frames frames;
  } last_answer_;
};

}  // namespace foyer::live
