// One run of the fault rig: clients write and read while a schedule breaks things; then all is healed, what is under
// way ends, and the oracle judges.
#pragma once

#include <cstdint>
#include <string>

#include "tests/faults/installation.hpp"
#include "tests/faults/oracle.hpp"
#include "tests/faults/traffic.hpp"

namespace foyer::testing {

struct RunSettings {
  std::uint64_t seed = 1;
  Schedule schedule;
  std::chrono::milliseconds span{30'000};
  std::size_t writers = 5;  // and one moderator
  std::size_t subscribers = 8;
  std::size_t threads = 3;
};

struct RunReport {
  Verdict verdict;
  Damage damage;
  std::int64_t posts = 0;
  std::int64_t unfinished = 0;
  std::int64_t unexpected = 0;
  std::int64_t hung = 0;
  std::int64_t sanitizer_reports = 0;
  std::chrono::milliseconds longest_refusal{0};
  bool caught_up = false;  // every subscriber reached the heads in time
  std::string table;       // for people

  bool clean() const;
};

RunReport run_under_faults(const RunSettings& settings);

}  // namespace foyer::testing
