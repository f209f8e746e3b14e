#include "server/live/presence.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

const TimePoint start = TimePoint{} + 1h;

TEST(Presence, AddsTheViewersOfAllNodes) {
  Presence presence;
  presence.set_own(2);
  presence.hear_node("b", 3, start);
  presence.hear_node("c", 4, start);
  presence.hear_node("b", 1, start);
  EXPECT_EQ(presence.state(start).viewers, 7);
  presence.hear_node("c", 0, start);
  EXPECT_EQ(presence.state(start).viewers, 3);
}

TEST(Presence, ANodeThatIsNotHeardAnyMoreCountsNoViewers) {
  Presence presence;
  presence.hear_node("b", 3, start);
  presence.hear_node("c", 1, start + 10s);
  EXPECT_EQ(presence.state(start + limits::presence_life).viewers, 1);
  presence.mark_told(start + limits::presence_life);
  EXPECT_EQ(presence.due(), start + 10s + limits::presence_life);
}

TEST(Presence, PublishesItsOwnCountOnChangeAtMostOnceASecond) {
  Presence presence;
  EXPECT_EQ(presence.take_publication(start), std::nullopt);
  presence.set_own(1);
  EXPECT_EQ(presence.take_publication(start), 1);
  presence.set_own(2);
  EXPECT_EQ(presence.take_publication(start + 999ms), std::nullopt);
  presence.mark_told(start);
  EXPECT_EQ(presence.due(), start + 1s);
  EXPECT_EQ(presence.take_publication(start + 1s), 2);
}

TEST(Presence, RepeatsItsCountWhileThereAreViewers) {
  Presence presence;
  presence.set_own(1);
  ASSERT_EQ(presence.take_publication(start), 1);
  EXPECT_EQ(presence.take_publication(start + 4s), std::nullopt);
  EXPECT_EQ(presence.take_publication(start + limits::presence_refresh), 1);
  presence.set_own(0);
  ASSERT_EQ(presence.take_publication(start + 20s), 0);
  EXPECT_EQ(presence.take_publication(start + 60s), std::nullopt);
}

TEST(Presence, TellsAChangeAtMostOnceASecondAndNothingWithoutOne) {
  Presence presence;
  presence.set_own(1);
  presence.mark_told(start);
  EXPECT_EQ(presence.take_change(start), std::nullopt);
  presence.hear_node("b", 1, start);
  ASSERT_TRUE(presence.take_change(start));
  presence.hear_node("b", 2, start);
  EXPECT_EQ(presence.take_change(start + 500ms), std::nullopt);
  presence.hear_node("b", 1, start + 600ms);  // back to what was told
  EXPECT_EQ(presence.take_change(start + 1s), std::nullopt);
  presence.hear_node("b", 5, start + 1s);
  EXPECT_EQ(presence.take_change(start + 1s)->viewers, 6);
}

TEST(Presence, NamesABoundedNumberWhoTypeAndForgetsThem) {
  Presence presence;
  std::vector<std::string> names;
  for (std::size_t at = 0; at < limits::typing_names; ++at) {
    names.push_back("member-" + std::to_string(at));
    presence.hear_typing(names.back(), start);
  }
  presence.hear_typing("One too many", start);
  EXPECT_EQ(presence.state(start).typing, names);
  presence.hear_typing(names[1], start + 3s);
  EXPECT_EQ(presence.state(start + limits::typing_life).typing, (std::vector<std::string>{names[1]}));
}

TEST(Presence, KeepsABoundedNumberOfNodes) {
  Presence presence;
  for (std::size_t node = 0; node < limits::presence_nodes + 10; ++node) {
    presence.hear_node("n" + std::to_string(node), 1, start);
  }
  EXPECT_EQ(presence.state(start).viewers, static_cast<int>(limits::presence_nodes));
}

}  // namespace
}  // namespace foyer::live
