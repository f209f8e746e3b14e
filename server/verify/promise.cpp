#include "server/verify/promise.hpp"

#include <cstdio>

namespace foyer::verify {

std::string Durations::words() {
  if (all_.empty()) {
    return "none";
  }
  std::ranges::sort(all_);
  const auto milliseconds = [this](std::size_t hundredths) {
    const std::size_t rank = std::max<std::size_t>(1, (all_.size() * hundredths + 99) / 100);
    return std::chrono::duration<double, std::milli>(all_[rank - 1]).count();
  };
  char text[64];
  std::snprintf(text, sizeof text, "p50 %.1f ms, p99 %.1f ms", milliseconds(50), milliseconds(99));
  return text;
}

}  // namespace foyer::verify
