#include "server/runtime/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace foyer::runtime {

RateLimiter::RateLimiter(bool enabled, std::size_t buckets_max) : enabled_(enabled), buckets_max_(buckets_max) {}

std::optional<int> RateLimiter::refuse_for(const std::string& key, Rate rate, Clock::time_point now) {
  if (!enabled_) {
    return std::nullopt;
  }
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    if (by_key_.size() >= buckets_max_) {
      by_key_.erase(recent_.back().key);
      recent_.pop_back();
    }
    recent_.push_front(Bucket{key, rate.burst, now});
    by_key_[key] = recent_.begin();
  } else {
    recent_.splice(recent_.begin(), recent_, found->second);
  }
  Bucket& bucket = recent_.front();
  const double seconds = std::chrono::duration<double>(now - bucket.updated).count();
  const double per_second = rate.per_minute / 60;
  bucket.tokens = std::min(rate.burst, bucket.tokens + std::max(0.0, seconds) * per_second);
  bucket.updated = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / per_second)));
}

}  // namespace foyer::runtime
