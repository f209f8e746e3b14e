// The sequencer by itself: what it delivers, holds, asks for and drops.
#include "server/live/channel_sequencer.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

using Numbers = std::vector<std::int64_t>;

const TimePoint start = TimePoint{} + std::chrono::hours(1);

Numbers taken(ChannelSequencer& sequencer) {
  Numbers numbers;
  for (const auto& item : sequencer.take()) {
    EXPECT_EQ(item.json, "{" + std::to_string(item.seq.value) + "}");
    numbers.push_back(item.seq.value);
  }
  return numbers;
}

void offer(ChannelSequencer& sequencer, std::int64_t seq, TimePoint now = start) {
  sequencer.offer(Seq{seq}, "{" + std::to_string(seq) + "}", now);
}

std::vector<EncodedEvent> events(std::int64_t first, std::int64_t last) {
  std::vector<EncodedEvent> made;
  for (std::int64_t seq = first; seq <= last; ++seq) {
    made.push_back({Channel{ChannelKind::thread, 1}, Seq{seq}, "{" + std::to_string(seq) + "}"});
  }
  return made;
}

TEST(ChannelSequencer, DeliversWhatComesInOrderAtOnce) {
  ChannelSequencer sequencer(Seq{7});
  offer(sequencer, 8);
  offer(sequencer, 9);
  EXPECT_EQ(taken(sequencer), (Numbers{8, 9}));
  EXPECT_EQ(sequencer.due(), std::nullopt);
}

TEST(ChannelSequencer, HoldsWhatCameEarlyUntilTheMissingOneArrives) {
  ChannelSequencer sequencer(Seq{0});
  offer(sequencer, 3);
  offer(sequencer, 2);
  EXPECT_EQ(taken(sequencer), Numbers{});
  offer(sequencer, 1);
  EXPECT_EQ(taken(sequencer), (Numbers{1, 2, 3}));
  EXPECT_FALSE(sequencer.behind());
}

TEST(ChannelSequencer, DropsRepeatsOfDeliveredAndOfHeldEvents) {
  ChannelSequencer sequencer(Seq{5});
  offer(sequencer, 5);
  offer(sequencer, 1);
  offer(sequencer, 7);
  offer(sequencer, 7);
  EXPECT_EQ(taken(sequencer), Numbers{});
  EXPECT_EQ(sequencer.figures().repeats, 3U);
}

TEST(ChannelSequencer, AsksForAHoleOnlyAfterItHadTimeToFill) {
  ChannelSequencer sequencer(Seq{1});
  offer(sequencer, 3);
  EXPECT_EQ(sequencer.begin_read(start), std::nullopt);
  EXPECT_EQ(sequencer.due(), start + limits::sequencer_hole_time);
  EXPECT_EQ(sequencer.begin_read(start + limits::sequencer_hole_time), Seq{1});
}

TEST(ChannelSequencer, AsksForAHoleOnce) {
  ChannelSequencer sequencer(Seq{1});
  offer(sequencer, 3);
  const TimePoint later = start + limits::sequencer_hole_time;
  EXPECT_EQ(sequencer.begin_read(later), Seq{1});
  EXPECT_EQ(sequencer.begin_read(later + std::chrono::seconds(9)), std::nullopt);
  EXPECT_EQ(sequencer.due(), std::nullopt);
  sequencer.accept_read(events(2, 3), Seq{3}, later);
  EXPECT_EQ(taken(sequencer), (Numbers{2, 3}));
  EXPECT_EQ(sequencer.figures().holes_read, 1U);
}

TEST(ChannelSequencer, JoinsAReadWithWhatArrivedMeanwhile) {
  ChannelSequencer sequencer(Seq{1});
  offer(sequencer, 3);
  const TimePoint later = start + limits::sequencer_hole_time;
  ASSERT_TRUE(sequencer.begin_read(later));
  offer(sequencer, 2, later);  // came after all
  offer(sequencer, 5, later);
  sequencer.accept_read(events(2, 4), Seq{4}, later);
  EXPECT_EQ(taken(sequencer), (Numbers{2, 3, 4, 5}));
}

TEST(ChannelSequencer, ReadsALongHoleInPages) {
  ChannelSequencer sequencer(Seq{0});
  sequencer.announce(Seq{500}, start);
  ASSERT_EQ(sequencer.begin_read(start), Seq{0});
  sequencer.accept_read(events(1, 250), Seq{500}, start);
  ASSERT_EQ(sequencer.begin_read(start), Seq{250});
  sequencer.accept_read(events(251, 500), Seq{500}, start);
  EXPECT_EQ(sequencer.take().size(), 500U);
  EXPECT_FALSE(sequencer.behind());
}

TEST(ChannelSequencer, TriesAgainWithGrowingPausesWhenTheReadFails) {
  ChannelSequencer sequencer(Seq{0});
  sequencer.announce(Seq{1}, start);
  ASSERT_TRUE(sequencer.begin_read(start));
  sequencer.fail_read(start);
  EXPECT_EQ(sequencer.due(), start + limits::live_read_retry_min);
  ASSERT_TRUE(sequencer.begin_read(start + limits::live_read_retry_min));
  sequencer.fail_read(start);
  EXPECT_EQ(sequencer.due(), start + 2 * limits::live_read_retry_min);
}

TEST(ChannelSequencer, AnAnnouncedHeadIsReadByTheGivenTime) {
  ChannelSequencer sequencer(Seq{4});
  sequencer.announce(Seq{4}, start);
  EXPECT_FALSE(sequencer.behind());
  sequencer.announce(Seq{6}, start + std::chrono::milliseconds(20));
  EXPECT_EQ(sequencer.due(), start + std::chrono::milliseconds(20));
  offer(sequencer, 5);
  offer(sequencer, 6);
  EXPECT_EQ(sequencer.due(), std::nullopt);
  EXPECT_EQ(taken(sequencer), (Numbers{5, 6}));
}

TEST(ChannelSequencer, ForgetsNumbersThatPostgresDoesNotKnow) {
  ChannelSequencer sequencer(Seq{2});
  offer(sequencer, 900);
  const TimePoint later = start + limits::sequencer_hole_time;
  ASSERT_TRUE(sequencer.begin_read(later));
  offer(sequencer, 4, later);  // arrived after the read began: may well be true
  sequencer.accept_read({}, Seq{2}, later);
  EXPECT_EQ(sequencer.figures().strays, 1U);
  EXPECT_TRUE(sequencer.behind());
  offer(sequencer, 3, later);
  EXPECT_EQ(taken(sequencer), (Numbers{3, 4}));
  EXPECT_FALSE(sequencer.behind());
}

TEST(ChannelSequencer, KeepsWhatWasAnnouncedDuringARead) {
  ChannelSequencer sequencer(Seq{0});
  sequencer.announce(Seq{1}, start);
  ASSERT_TRUE(sequencer.begin_read(start));
  sequencer.announce(Seq{3}, start);
  sequencer.accept_read(events(1, 1), Seq{1}, start);
  EXPECT_TRUE(sequencer.behind());
  ASSERT_EQ(sequencer.begin_read(start), Seq{1});
}

TEST(ChannelSequencer, HoldsABoundedNumberAndReadsTheRestLater) {
  ChannelSequencer sequencer(Seq{0});
  const auto count = static_cast<std::int64_t>(limits::sequencer_held_events) + 50;
  for (std::int64_t seq = 2; seq <= count + 1; ++seq) {
    offer(sequencer, seq);
  }
  EXPECT_EQ(sequencer.figures().early_drops, 50U);
  offer(sequencer, 1);
  EXPECT_EQ(sequencer.take().size(), limits::sequencer_held_events + 1);
  EXPECT_TRUE(sequencer.behind());
  EXPECT_TRUE(sequencer.begin_read(start + limits::sequencer_hole_time));
}

TEST(ChannelSequencer, HoldsABoundedNumberOfBytes) {
  ChannelSequencer sequencer(Seq{0});
  const std::string long_json(limits::sequencer_held_bytes / 4, 'x');
  for (std::int64_t seq = 2; seq <= 7; ++seq) {
    sequencer.offer(Seq{seq}, long_json, start);
  }
  EXPECT_EQ(sequencer.figures().early_drops, 2U);
}

}  // namespace
}  // namespace foyer::live
