// The oracle must see each fault that a server could have: every test plants one into a run that is in order.
#include "tests/faults/oracle.hpp"

#include <functional>

#include <gtest/gtest.h>

namespace foyer::testing {
namespace {

constexpr std::int64_t thread = 4;
using How = Applied::How;

std::string view(std::int64_t post, const std::string& state, const std::string& body) {
  return R"({"id":)" + std::to_string(post) + R"(,"state":")" + state + R"(","body":)" +
         (body.empty() ? "null" : "\"" + body + "\"") + "}";
}

// One thread with its first post (id 10), a post that was edited (11) and one that was removed (12): six events with
// the lock.
Evidence in_order() {
  Evidence evidence;
  evidence.first_posts[thread] = 1;
  evidence.acknowledged = {{"key-11", thread, 11}, {"key-12", thread, 12}, {"key-11", thread, 11}};
  evidence.bodies = {{11, "edited"}, {12, "gone"}};
  evidence.removed = {12};
  evidence.locked = {{thread, true}};
  evidence.locked_at_the_end = {{thread, true}};
  evidence.heads = {{thread, 6}};
  const Posts posts{
      {10, view(10, "visible", "first")}, {11, view(11, "visible", "edited")}, {12, view(12, "removed", "")}};
  evidence.nodes = {{{thread, posts}}, {{thread, posts}}};
  Followed followed;
  for (std::int64_t seq = 1; seq <= 6; ++seq) {
    followed.applied.push_back({How::event, seq});
  }
  followed.posts = posts;
  evidence.subscribers = {{{thread, followed}}, {{thread, followed}}};
  return evidence;
}

Verdict with(const std::function<void(Evidence&)>& plant) {
  Evidence evidence = in_order();
  plant(evidence);
  return judge(evidence);
}

std::vector<Applied>& applied_of(Evidence& evidence) { return evidence.subscribers[1][thread].applied; }

TEST(FaultOracle, FindsNothingWhereAllIsInOrder) { EXPECT_TRUE(judge(in_order()).clean()); }

TEST(FaultOracle, SeesAnAcknowledgedPostThatIsLost) {
  const Verdict verdict = with([](Evidence& evidence) { evidence.nodes[0][thread].erase(11); });
  EXPECT_EQ(verdict.lost_posts, 1);
  EXPECT_FALSE(verdict.clean());
}

TEST(FaultOracle, SeesAKeyThatMadeTwoPosts) {
  const Verdict verdict = with([](Evidence& evidence) {
    evidence.acknowledged[2].post = 13;
    evidence.nodes[0][thread][13] = view(13, "visible", "edited");
  });
  EXPECT_EQ(verdict.doubled_posts, 1);
  EXPECT_FALSE(verdict.clean());
}

TEST(FaultOracle, SeesAPostThatNobodyWasToldOf) {
  const Verdict verdict =
      with([](Evidence& evidence) { evidence.nodes[0][thread][13] = view(13, "visible", "again"); });
  EXPECT_EQ(verdict.doubled_posts, 1);
  EXPECT_FALSE(verdict.clean());
}

TEST(FaultOracle, SeesAnEditARemovalAndALockThatDoNotShow) {
  const auto edit = [](Evidence& evidence) { evidence.nodes[0][thread][11] = view(11, "visible", "old"); };
  const auto removal = [](Evidence& evidence) { evidence.nodes[0][thread][12] = view(12, "visible", "gone"); };
  const auto lock = [](Evidence& evidence) { evidence.locked_at_the_end[thread] = false; };
  EXPECT_EQ(with(edit).lost_changes, 1);
  EXPECT_EQ(with(removal).lost_changes, 1);
  EXPECT_EQ(with(lock).lost_changes, 1);
  EXPECT_FALSE(with(lock).clean());
}

TEST(FaultOracle, SeesAnEventThatIsLostDoubledOrLate) {
  const Verdict lost = with([](Evidence& evidence) { applied_of(evidence).erase(applied_of(evidence).begin() + 2); });
  EXPECT_EQ(lost.lost_events, 1);
  EXPECT_FALSE(lost.clean());
  const Verdict cut_short = with([](Evidence& evidence) { applied_of(evidence).pop_back(); });
  EXPECT_EQ(cut_short.lost_events, 1);
  const Verdict doubled = with([](Evidence& evidence) { applied_of(evidence).push_back({How::event, 3}); });
  EXPECT_EQ(doubled.doubled_events, 1);
  EXPECT_FALSE(doubled.clean());
  const Verdict late = with([](Evidence& evidence) { std::swap(applied_of(evidence)[2], applied_of(evidence)[3]); });
  EXPECT_EQ(late.disordered_events, 1);
  EXPECT_EQ(late.lost_events, 0);
  EXPECT_FALSE(late.clean());
}

TEST(FaultOracle, CountsAReloadAndTakesWhatItCovers) {
  const auto reload = [](Evidence& evidence) {
    applied_of(evidence) = {{How::event, 1}, {How::reload, 5}, {How::event, 6}};
  };
  EXPECT_EQ(with(reload).reloads, 1);
  EXPECT_TRUE(with(reload).clean());
  const auto from_before = [](Evidence& evidence) {
    applied_of(evidence) = {{How::event, 1}, {How::reload, 5}, {How::event, 4}, {How::event, 6}};
  };
  EXPECT_EQ(with(from_before).doubled_events, 1);
}

TEST(FaultOracle, SeesAStateThatDiffers) {
  const auto screen = [](Evidence& evidence) {
    evidence.subscribers[0][thread].posts[11] = view(11, "visible", "old");
  };
  EXPECT_EQ(with(screen).differing_states, 1);
  EXPECT_FALSE(with(screen).clean());
  EXPECT_EQ(with([](Evidence& evidence) { evidence.nodes[1][thread].erase(10); }).differing_states, 1);
}

TEST(FaultOracle, SeesASubscriberThatNeverGotAThread) {
  EXPECT_EQ(with([](Evidence& evidence) { evidence.subscribers[0].clear(); }).lost_events, 6);
}

}  // namespace
}  // namespace foyer::testing
