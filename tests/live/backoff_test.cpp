#include "server/live/backoff.hpp"

#include <set>

#include <gtest/gtest.h>

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, DoublesUpToTheLongestAndBeginsAgainAfterASuccess) {
  Backoff backoff(50ms, 300ms);
  EXPECT_EQ(backoff.next(), 50ms);
  EXPECT_EQ(backoff.next(), 100ms);
  EXPECT_EQ(backoff.next(), 200ms);
  EXPECT_EQ(backoff.next(), 300ms);
  EXPECT_EQ(backoff.next(), 300ms);
  backoff.reset();
  EXPECT_EQ(backoff.next(), 50ms);
}

TEST(Backoff, JitterSpreadsTheWaitsOverAllThatIsBelowTheCeiling) {
  std::mt19937_64 random{1};
  Backoff backoff(1000ms, 1000ms);
  std::set<std::int64_t> tenths;
  for (int number = 0; number < 500; ++number) {
    const auto wait = backoff.next_with_jitter(random);
    ASSERT_GE(wait, 1ms);
    ASSERT_LE(wait, 1000ms);
    tenths.insert((wait.count() - 1) / 100);
  }
  EXPECT_EQ(tenths.size(), 10u);
}

}  // namespace
}  // namespace foyer::live
