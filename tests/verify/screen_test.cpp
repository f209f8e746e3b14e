#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "tests/verify/samples.hpp"

namespace foyer::verify {
namespace {

TEST(VerifyScreen, EventsInOrderLeaveNoFaultAndTheLastStateOfEachPost) {
  const Screen screen = screen_that_saw(sample_sightings());
  EXPECT_EQ(screen.position(), Seq{4});
  EXPECT_TRUE(screen.missing().empty());
  EXPECT_EQ(screen.faults().doubled + screen.faults().disordered + screen.faults().wrong_heads, 0);
  EXPECT_EQ(screen.posts().at(1)->state, PostState::removed);
  EXPECT_EQ(screen.posts().at(2)->body, "better");
  EXPECT_EQ(screen.sightings().size(), 4u);
}

TEST(VerifyScreen, AHoleIsMissingUntilItsEventComesAndThenDisorder) {
  const auto events = sample_sightings();
  Screen screen = screen_that_saw({events[0], events[3]});
  EXPECT_EQ(screen.missing(), (std::set<std::int64_t>{2, 3}));
  see(screen, events[1]);
  EXPECT_EQ(screen.missing(), (std::set<std::int64_t>{3}));
  EXPECT_EQ(screen.faults().disordered, 1);
  EXPECT_EQ(screen.faults().doubled, 0);
}

TEST(VerifyScreen, AnEventTwiceIsADoubleAndNotSeenAgain) {
  const auto events = sample_sightings();
  const Screen screen = screen_that_saw({events[0], events[0], events[1]});
  EXPECT_EQ(screen.faults().doubled, 1);
  EXPECT_EQ(screen.sightings().size(), 2u);
}

TEST(VerifyScreen, AfterALoadOnlyLaterEventsAreOwed) {
  Screen screen{sample_thread};
  screen.load(Seq{3}, {without_text(sample_post(1)), sample_post(2)});
  screen.subscribed(Seq{3}, false);
  EXPECT_TRUE(screen.caught_up());
  see(screen, sample_sightings()[3]);
  EXPECT_EQ(screen.begin(), Seq{3});
  EXPECT_EQ(screen.position(), Seq{4});
  EXPECT_TRUE(screen.missing().empty());
  EXPECT_EQ(screen.faults().doubled, 0);
}

TEST(VerifyScreen, AHoleIsNotForgivenByALoad) {
  const auto events = sample_sightings();
  Screen screen = screen_that_saw({events[0], events[3]});
  screen.load(Seq{9}, {});
  EXPECT_EQ(screen.missing(), (std::set<std::int64_t>{2, 3}));
}

TEST(VerifyScreen, WhatComesAfterTheHeadOfTheSubscriptionIsLive) {
  Screen screen{sample_thread};
  screen.subscribed(Seq{2}, false);
  EXPECT_FALSE(screen.caught_up());
  for (const Event& event : sample_sightings()) {
    see(screen, event);
  }
  EXPECT_FALSE(screen.sightings()[1].live);
  EXPECT_TRUE(screen.sightings()[2].live);
}

TEST(VerifyScreen, AResyncIsOwedOnlyForALongHistory) {
  Screen near{sample_thread};
  near.subscribed(Seq{limits::replay_events}, true);
  EXPECT_EQ(near.faults().needless_resyncs, 1);
  Screen far{sample_thread};
  far.subscribed(Seq{limits::replay_events + 1}, true);
  EXPECT_EQ(far.faults().needless_resyncs, 0);
}

TEST(VerifyScreen, AHeadOrALoadedPageBelowWhatWasSeenIsAFault) {
  Screen screen = screen_that_saw(sample_sightings());
  screen.subscribed(Seq{3}, true);
  EXPECT_EQ(screen.faults().wrong_heads, 1);
  screen.load(Seq{2}, {});
  EXPECT_EQ(screen.faults().wrong_heads, 2);
}

}  // namespace
}  // namespace foyer::verify
