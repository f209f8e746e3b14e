#include "tests/faults/schedule.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace foyer::testing {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds long_span{120'000};

TEST(FaultSchedule, IsTheSameForTheSameSeedAndAnotherForAnother) {
  EXPECT_EQ(random_schedule(7, long_span), random_schedule(7, long_span));
  EXPECT_NE(random_schedule(7, long_span), random_schedule(8, long_span));
}

// A seed in a report must mean the same tomorrow.
TEST(FaultSchedule, OfSeedOneBeginsAsItAlwaysDid) {
  const Schedule schedule = random_schedule(1, long_span);
  ASSERT_FALSE(schedule.empty());
  EXPECT_EQ(schedule.front().at, milliseconds{906});
  EXPECT_EQ(name_of(schedule.front().target), "link of node 1");
  EXPECT_EQ(name_of(schedule.front().fault), "half open");
}

TEST(FaultSchedule, NeverStrikesATargetThatIsBrokenAndHealsAllInTime) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::map<Target, milliseconds> healed_at;
    milliseconds before{0};
    for (const Strike& strike : random_schedule(seed, long_span)) {
      EXPECT_GE(strike.at, before) << "in the order of time";
      before = strike.at;
      EXPECT_GT(strike.at, healed_at[strike.target]);
      EXPECT_LE(strike.lasts, longest_strike);
      healed_at[strike.target] = strike.at + strike.lasts;
      EXPECT_LT(healed_at[strike.target], long_span);
    }
  }
}

TEST(FaultSchedule, OfFiveSeedsStrikesEveryTargetWithEveryFaultItKnows) {
  std::set<std::pair<Target, Fault>> seen;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    for (const Strike& strike : random_schedule(seed, long_span)) {
      seen.emplace(strike.target, strike.fault);
    }
  }
  EXPECT_EQ(seen.size(), target_count * 3);
}

TEST(FaultSchedule, OfThirtySecondsStrikesEveryTarget) {
  std::set<Target> seen;
  for (const Strike& strike : random_schedule(1, milliseconds{30'000})) {
    seen.insert(strike.target);
  }
  EXPECT_EQ(seen.size(), target_count);
}

}  // namespace
}  // namespace foyer::testing
