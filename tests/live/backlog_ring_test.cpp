#include "server/live/backlog_ring.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

std::string event_json(std::int64_t seq, std::int64_t post, const std::string& body = "x") {
  return R"({"seq":)" + std::to_string(seq) + R"(,"data":{"post":{"id":)" + std::to_string(post) + R"(,"body":")" +
         body + "\"}}}";
}

EncodedEvent event(std::int64_t seq, std::int64_t post) {
  return {Channel{ChannelKind::thread, 1}, Seq{seq}, event_json(seq, post)};
}

void append(BacklogRing& ring, std::int64_t seq, std::int64_t post) { ring.append(Seq{seq}, event_json(seq, post)); }

TEST(BacklogRing, AnswersWithTheFramesAfterAPosition) {
  BacklogRing ring(Seq{10});
  append(ring, 11, 1);
  append(ring, 12, 2);
  EXPECT_EQ(ring.head(), Seq{12});
  EXPECT_FALSE(ring.covers(Seq{9}));
  EXPECT_TRUE(ring.covers(Seq{12}));
  EXPECT_FALSE(ring.covers(Seq{13}));
  EXPECT_EQ(*ring.after(Seq{10}), *text_frame(event_json(11, 1)) + *text_frame(event_json(12, 2)));
  EXPECT_EQ(*ring.after(Seq{11}), *text_frame(event_json(12, 2)));
  EXPECT_EQ(*ring.after(Seq{12}), "");
}

TEST(BacklogRing, AHerdAtTheSamePositionSharesOneBuffer) {
  BacklogRing ring(Seq{0});
  append(ring, 1, 1);
  EXPECT_EQ(ring.after(Seq{0}), ring.after(Seq{0}));
}

TEST(BacklogRing, ATextThatWasTakenAwayIsNotReplayed) {
  BacklogRing ring(Seq{0});
  append(ring, 1, 1);
  append(ring, 2, 2);
  append(ring, 3, 3);
  append(ring, 4, 2);  // post 2 was removed: events 1 and 2 go, for a replay would show its text
  EXPECT_FALSE(ring.covers(Seq{1}));
  EXPECT_TRUE(ring.covers(Seq{2}));
  EXPECT_EQ(*ring.after(Seq{2}), *text_frame(event_json(3, 3)) + *text_frame(event_json(4, 2)));
}

TEST(BacklogRing, WhatCannotBeToldApartIsNotReplayed) {
  BacklogRing ring(Seq{0});
  append(ring, 1, 1);
  ring.append(Seq{2}, "{}");
  EXPECT_FALSE(ring.covers(Seq{0}));
  EXPECT_TRUE(ring.covers(Seq{1}));
}

TEST(BacklogRing, IsBoundedInNumberAndBytes) {
  BacklogRing ring(Seq{0});
  const auto count = static_cast<std::int64_t>(limits::channel_backlog_events);
  for (std::int64_t seq = 1; seq <= count + 5; ++seq) {
    append(ring, seq, seq);
  }
  EXPECT_EQ(ring.floor(), Seq{5});
  ring.append(Seq{count + 6}, event_json(count + 6, count + 6, std::string(limits::channel_backlog_bytes, 'y')));
  EXPECT_EQ(ring.floor(), Seq{count + 5});
  EXPECT_TRUE(ring.covers(Seq{count + 5}));
}

TEST(BacklogRing, TakesAPageThatEndsAtItsFloor) {
  BacklogRing ring(Seq{5});
  append(ring, 6, 6);
  ring.prepend({event(3, 3), event(4, 4), event(5, 5), event(6, 6)});
  EXPECT_EQ(ring.floor(), Seq{2});
  EXPECT_EQ(*ring.after(Seq{4}), *text_frame(event_json(5, 5)) + *text_frame(event_json(6, 6)));
  ring.prepend({event(1, 1)});  // not adjacent
  EXPECT_EQ(ring.floor(), Seq{2});
}

}  // namespace
}  // namespace foyer::live
