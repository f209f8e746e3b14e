// Waits between attempts: the ceiling doubles from the shortest to the longest wait, and with jitter the wait is
// anywhere below it, so that nodes which lost the same server do not come back in step.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace foyer::live {

class Backoff {
 public:
  using Duration = std::chrono::milliseconds;

  Backoff(Duration shortest, Duration longest) : shortest_(shortest), longest_(longest), ceiling_(shortest) {}

  Duration next() {
    const Duration wait = ceiling_;
    ceiling_ = std::min(longest_, ceiling_ * 2);
    return wait;
  }
  template <class Random>
  Duration next_with_jitter(Random& random) {
    const Duration ceiling = next();
    return Duration(std::uniform_int_distribution<std::int64_t>(1, ceiling.count())(random));
  }
  void reset() { ceiling_ = shortest_; }

 private:
  Duration shortest_;
  Duration longest_;
  Duration ceiling_;
};

}  // namespace foyer::live
