// Events of a channel that many watch are gathered for a moment: a send costs the same whatever it carries.
#include <algorithm>
#include <deque>

#include "protocol/limits.hpp"
#include "tests/live/hub_fixture.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

class HubWindowTest : public HubTest {
 protected:
  void fill_the_hall(std::size_t viewers) {
    backlog.commit(1);
    for (std::size_t at = 0; at < viewers; ++at) {
      seats.push_back(subscribe(hall.emplace_back()));
    }
    settle();
    advance(limits::live_window_max);
    for (FakeViewer& viewer : hall) {
      viewer.sends = 0;
    }
  }
  bool all_have(const Numbers& numbers, int sends) const {
    return std::ranges::all_of(
        hall, [&](const FakeViewer& viewer) { return viewer.seqs == numbers && viewer.sends == sends; });
  }

  std::deque<FakeViewer> hall;
  std::vector<std::unique_ptr<Subscription>> seats;
};

TEST_F(HubWindowTest, WhatComesSoonAfterATurnGoesOutInOneBufferWhenTheWindowEnds) {
  fill_the_hall(1'000);
  post();
  EXPECT_TRUE(all_have({2}, 1)) << "a quiet channel waited";
  post();
  post();
  advance(29ms);
  EXPECT_TRUE(all_have({2}, 1));
  advance(1ms);
  EXPECT_TRUE(all_have({2, 3, 4}, 2));
  advance(30ms);
  post();
  EXPECT_TRUE(all_have({2, 3, 4, 5}, 3));
}

TEST_F(HubWindowTest, TheWindowGrowsWithTheNumberOfViewers) {
  fill_the_hall(250);
  post();
  post();
  EXPECT_TRUE(all_have({2}, 1));
  advance(7ms);
  EXPECT_TRUE(all_have({2, 3}, 2));
}

TEST_F(HubWindowTest, AWaitThatGatheredNothingIsNotRepeatedForMoreAndMoreTurns) {
  fill_the_hall(1'000);
  Numbers all;
  int sends = 0;
  const auto goes_out_at_once = [&] {
    post();
    all.push_back(std::ssize(all) + 2);
    const bool at_once = all_have(all, sends + 1);
    advance(at_once ? 1ms : 30ms);
    ++sends;
    EXPECT_TRUE(all_have(all, sends));
    return at_once;
  };
  std::string turns;
  for (int turn = 0; turn < 12; ++turn) {
    turns += goes_out_at_once() ? '!' : '.';
  }
  EXPECT_EQ(turns, "!.!.!!.!!!!.");
}

TEST_F(HubWindowTest, WhereEventsGatherAgainTheNextOnesWaitAgain) {
  fill_the_hall(1'000);
  post();
  post();
  advance(30ms);
  EXPECT_TRUE(all_have({2, 3}, 2)) << "the wait was for one alone";
  const EncodedEvent one = backlog.commit(1);
  const EncodedEvent other = backlog.commit(1);
  node.hub.publish(News{{one, other}, {}});
  settle();
  EXPECT_TRUE(all_have({2, 3, 4, 5}, 3));
  post();
  EXPECT_TRUE(all_have({2, 3, 4, 5}, 3)) << "it did not wait";
  advance(30ms);
  EXPECT_TRUE(all_have({2, 3, 4, 5, 6}, 4));
}

TEST_F(HubWindowTest, FewViewersNeverWait) {
  fill_the_hall(30);
  post();
  post();
  EXPECT_TRUE(all_have({2, 3}, 2));
}

TEST_F(HubWindowTest, WhoComesWithinAWindowIsNotShownWhatTheWaitingEventTookAway) {
  fill_the_hall(1'000);
  post(1, 77);
  const EncodedEvent removal = backlog.commit(1, 77, "post.removed");
  node.hub.publish(News{{removal}, {}});
  settle();
  EXPECT_TRUE(all_have({2}, 1)) << "the removal was to wait";
  FakeViewer late;
  const auto subscription = subscribe(late, thread_1, 1);
  settle();
  EXPECT_EQ(late.seqs, (Numbers{2, 3}));
  const auto events = late.of_type("event");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_TRUE(events[0].at("data").at("post").at("body").is_null());
  EXPECT_TRUE(all_have({2, 3}, 2));
}

}  // namespace
}  // namespace foyer::live
