// One promise of a run: how often it was tried, how often broken, and the line that says so.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "protocol/limits.hpp"

namespace foyer::verify {

struct Promise {
  std::string name;
  std::string figures = {};      // what was tried, in words
  std::string not_checked = {};  // why it was not tried; then it counts neither as kept nor as broken
  std::int64_t breaches = 0;
  std::vector<std::string> examples = {};  // at most limits::verify_named_breaches

  bool kept() const { return breaches == 0 && not_checked.empty(); }
  void broken(std::string words, std::int64_t times = 1) {
    breaches += times;
    if (times > 0 && examples.size() < limits::verify_named_breaches) {
      examples.push_back(std::move(words));
    }
  }
};

// The times of something that happened often; percentiles by nearest rank.
class Durations {
 public:
  void add(std::chrono::steady_clock::duration duration) { all_.push_back(duration); }
  std::size_t count() const { return all_.size(); }
  // "p50 3.1 ms, p99 20 ms", or "none".
  std::string words();

 private:
  std::vector<std::chrono::steady_clock::duration> all_;
};

}  // namespace foyer::verify
