// Token buckets by key ("login:address:127.0.0.1", "write:member:42") in a bounded map; when it is full the
// bucket touched longest ago goes. Per node. I/O thread only.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

namespace foyer::runtime {

struct Rate {
  double per_minute = 60;
  double burst = 10;
};

class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  RateLimiter(bool enabled, std::size_t buckets_max);

  // Takes one token; when there is none, the seconds (at least 1) until there is.
  std::optional<int> refuse_for(const std::string& key, Rate rate, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    std::string key;
    double tokens = 0;
    Clock::time_point updated;
  };
  const bool enabled_;
  const std::size_t buckets_max_;
  std::list<Bucket> recent_;  // latest first
  std::unordered_map<std::string, std::list<Bucket>::iterator> by_key_;
};

}  // namespace foyer::runtime
