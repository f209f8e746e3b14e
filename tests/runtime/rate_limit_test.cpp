#include "server/runtime/rate_limit.hpp"

#include <gtest/gtest.h>

using foyer::runtime::Rate;
using foyer::runtime::RateLimiter;
using namespace std::chrono_literals;

namespace {

const RateLimiter::Clock::time_point start{};

TEST(RateLimit, LetsABurstThroughAndThenNamesTheWait) {
  RateLimiter limiter{true, 10};
  const Rate rate{.per_minute = 6, .burst = 2};
  EXPECT_EQ(limiter.refuse_for("mira", rate, start), std::nullopt);
  EXPECT_EQ(limiter.refuse_for("mira", rate, start), std::nullopt);
  EXPECT_EQ(limiter.refuse_for("mira", rate, start), 10);
  EXPECT_EQ(limiter.refuse_for("mira", rate, start + 4s), 6);
}

TEST(RateLimit, ForgivesWithTime) {
  RateLimiter limiter{true, 10};
  const Rate rate{.per_minute = 60, .burst = 1};
  EXPECT_EQ(limiter.refuse_for("mira", rate, start), std::nullopt);
  EXPECT_TRUE(limiter.refuse_for("mira", rate, start).has_value());
  EXPECT_EQ(limiter.refuse_for("mira", rate, start + 1s), std::nullopt);
}

TEST(RateLimit, CountsEachKeyForItself) {
  RateLimiter limiter{true, 10};
  const Rate rate{.per_minute = 1, .burst = 1};
  EXPECT_EQ(limiter.refuse_for("mira", rate, start), std::nullopt);
  EXPECT_EQ(limiter.refuse_for("tomas", rate, start), std::nullopt);
  EXPECT_TRUE(limiter.refuse_for("mira", rate, start).has_value());
}

TEST(RateLimit, DropsTheBucketTouchedLongestAgoWhenFull) {
  RateLimiter limiter{true, 2};
  const Rate rate{.per_minute = 1, .burst = 1};
  limiter.refuse_for("first", rate, start);
  limiter.refuse_for("second", rate, start);
  limiter.refuse_for("first", rate, start);  // touched again: "second" is the oldest now
  limiter.refuse_for("third", rate, start);
  EXPECT_TRUE(limiter.refuse_for("first", rate, start).has_value());
  EXPECT_EQ(limiter.refuse_for("second", rate, start), std::nullopt);
}

TEST(RateLimit, LetsEverythingThroughWhenItIsOff) {
  RateLimiter limiter{false, 10};
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(limiter.refuse_for("mira", Rate{.per_minute = 1, .burst = 1}, start), std::nullopt);
  }
}

}  // namespace
