// When a channel that many watch sends what is ready. A send to a viewer costs about 4 µs whatever it carries, so what
// becomes ready soon after a turn waits and goes out as one buffer. A channel with few viewers, or one that has been
// quiet, does not wait; nor, for more and more turns, does one whose last wait gathered nothing.
#pragma once

#include <algorithm>
#include <chrono>

#include "protocol/limits.hpp"
#include "server/live/live_clock.hpp"

namespace foyer::live {

class TurnWindow {
 public:
  // Before this moment what is ready waits.
  TimePoint end(std::size_t viewers) const {
    using Milliseconds = std::chrono::milliseconds;
    const auto wanted = std::chrono::duration_cast<Milliseconds>(limits::live_window_per_viewer * viewers);
    return last_turn_ + (free_turns_ > 0 ? Milliseconds(0) : std::min<Milliseconds>(wanted, limits::live_window_max));
  }

  // A turn sent so many events, which had waited for the end of a window or not.
  void note_turn(TimePoint now, std::size_t events, bool waited) {
    last_turn_ = now;
    if (events > 1) {
      free_turns_ = 0;
      next_free_turns_ = 1;
    } else if (waited) {
      free_turns_ = next_free_turns_;
      next_free_turns_ = std::min(2 * next_free_turns_, limits::live_window_free_turns);
    } else if (free_turns_ > 0) {
      --free_turns_;
    }
  }

 private:
  TimePoint last_turn_;
  int free_turns_ = 0;  // that do not wait
  int next_free_turns_ = 1;
};

}  // namespace foyer::live
