// Everything is struck while people write and read; nothing may be lost, doubled, disordered or hang.
// FAULT_SEEDS (numbers with spaces between) and FAULT_SECONDS say what is run; a failed seed runs again with
//   FAULT_SEEDS=3 FAULT_SECONDS=120 build/release/tests/e2e_tests --gtest_filter='Faults.*'
#include <cstdlib>
#include <iostream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/faults/run.hpp"

using namespace foyer::testing;

namespace {

using std::chrono::milliseconds;

std::string setting(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? otherwise : value;
}

TEST(Faults, LoseDoubleAndDisorderNothingAndNoRequestHangs) {
  const milliseconds span{1'000 * std::stoll(setting("FAULT_SECONDS", "30"))};
  std::istringstream seeds(setting("FAULT_SEEDS", "1"));
  int runs = 0;
  for (std::uint64_t seed = 0; seeds >> seed; ++runs) {
    const RunReport report = run_under_faults({.seed = seed, .schedule = random_schedule(seed, span), .span = span});
    std::cout << report.table << std::flush;
    EXPECT_TRUE(report.clean()) << "seed " << seed;
    EXPECT_GT(report.posts, 100) << "too little was written to show anything";
  }
  EXPECT_GT(runs, 0) << "FAULT_SEEDS names no seed";
}

TEST(Faults, OfARollingRestartRefuseNoPostForLongerThanASecond) {
  const RunReport report =
      run_under_faults({.seed = 1, .schedule = rolling_restart(), .span = milliseconds{20'000}, .subscribers = 20});
  std::cout << report.table << std::flush;
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(report.damage.bad_exits, 0);
  EXPECT_LE(report.longest_refusal, milliseconds{1'000});
}

}  // namespace
