// Time as a dependency of the hub: tests turn it by hand.
#pragma once

#include <chrono>

namespace foyer::live {

using TimePoint = std::chrono::steady_clock::time_point;

class LiveClock {
 public:
  virtual TimePoint now() const = 0;
  // Something falls due at `when`, earlier than anything asked for before.
  virtual void wake_at(TimePoint when) = 0;

 protected:
  ~LiveClock() = default;
};

}  // namespace foyer::live
