// The rules of the proof of reach, one by one.
#include "server/live/reach_ledger.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

constexpr ThreadId thread{42};
constexpr PostId post{913};
constexpr Removal removal{thread, Seq{24}, post};

class ReachLedgerTest : public ::testing::Test {
 protected:
  struct Node {
    explicit Node(std::uint64_t number) : ledger(number) { ledger.connect(TimePoint{} + 1h); }
    ReachLedger ledger;
    bool alive = true;
    int messages = 0;
  };

  // A subscription of a page that was just loaded and went live at `head`.
  static ReachMark live_at(std::int64_t head, std::uint8_t bucket = 0) {
    return {.witness = {bucket}, .since = Seq{head}, .live_from = Seq{head}};
  }
  // One that came back and reads its history, or has read it up to `head`.
  static ReachMark back_from(std::int64_t since, std::uint8_t bucket = 0) {
    return {.witness = {bucket}, .came_back = true, .since = Seq{since}};
  }
  static ReachMark back_from(std::int64_t since, std::uint8_t bucket, std::int64_t head) {
    return {.witness = {bucket}, .came_back = true, .since = Seq{since}, .live_from = Seq{head}};
  }
  // So many screens of the bucket got the removal and were cut.
  void lose(Node& node, std::int64_t screens, std::uint8_t bucket) {
    node.ledger.deliver(removal, static_cast<std::size_t>(screens), now);
    for (std::int64_t screen = 0; screen < screens; ++screen) {
      node.ledger.leave(thread, live_at(23, bucket), Seq{24});
    }
  }
  static void applies(Node& node, ReachMark& mark, std::int64_t seq, std::int64_t sent) {
    node.ledger.acknowledge(thread, mark, Seq{seq}, Seq{sent});
  }
  // Time passes in small steps; what falls due is told to the others.
  void advance(std::chrono::milliseconds by) {
    for (const TimePoint end = now + by; now < end; now += 100ms) {
      for (Node* from : nodes) {
        const auto text = from->alive ? from->ledger.take_message(now) : std::nullopt;
        from->messages += text ? 1 : 0;
        for (Node* to : nodes) {
          if (text && !lost && to->alive) {
            EXPECT_TRUE(to->ledger.hear(*text, now));
          }
        }
      }
    }
  }
  ReachView seen_by(const Node& node, PostId of = post) const {
    return node.ledger.find(of, now).value_or(ReachView{-1, -1, -1});
  }

  TimePoint now = TimePoint{} + 1h;
  Node one{1};
  Node two{2};
  std::vector<Node*> nodes{&one, &two};
  bool lost = false;
};

TEST_F(ReachLedgerTest, AcknowledgedDeliveriesAreGoneScreensOnEveryNode) {
  ReachMark here = live_at(23);
  ReachMark there = live_at(20);
  one.ledger.deliver(removal, 1, now);
  two.ledger.deliver(removal, 1, now);
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{2, 0, 0}));
  applies(one, here, 24, 24);
  applies(two, there, 25, 25);
  EXPECT_EQ(seen_by(one), (ReachView{2, 1, 0})) << "its own counts at once, the others' when they tell";
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{2, 2, 0}));
  EXPECT_EQ(seen_by(two), (ReachView{2, 2, 0}));
}

TEST_F(ReachLedgerTest, AnAcknowledgementSaidTwiceOrTooHighCountsOnce) {
  ReachMark mark = live_at(23);
  one.ledger.deliver(removal, 2, now);
  applies(one, mark, 24, 24);
  applies(one, mark, 24, 24);
  applies(one, mark, 20, 24);
  applies(one, mark, 9'000'000, 24);
  EXPECT_EQ(seen_by(one), (ReachView{2, 1, 0}));
  one.ledger.deliver({thread, Seq{25}, PostId{5}}, 2, now);
  EXPECT_EQ(seen_by(one, PostId{5}), (ReachView{2, 0, 0})) << "nothing was acknowledged before it was sent";
  applies(one, mark, 25, 25);
  EXPECT_EQ(seen_by(one, PostId{5}), (ReachView{2, 1, 0}));
}

TEST_F(ReachLedgerTest, OneAcknowledgementAnswersForAllRemovalsUpToIt) {
  ReachMark mark = live_at(20);
  for (std::int64_t seq = 21; seq <= 24; ++seq) {
    one.ledger.deliver({thread, Seq{seq}, PostId{seq}}, 1, now);
  }
  one.ledger.deliver({ThreadId{43}, Seq{22}, PostId{99}}, 1, now);
  applies(one, mark, 23, 24);
  EXPECT_EQ(seen_by(one, PostId{21}), (ReachView{1, 1, 0}));
  EXPECT_EQ(seen_by(one, PostId{23}), (ReachView{1, 1, 0}));
  EXPECT_EQ(seen_by(one, PostId{24}), (ReachView{1, 0, 0}));
  EXPECT_EQ(seen_by(one, PostId{99}), (ReachView{1, 0, 0})) << "another thread";
}

TEST_F(ReachLedgerTest, AScreenThatLeavesUnacknowledgedIsOfflineAndGoneWhenItComesBackAnywhere) {
  ReachMark mark = live_at(23);
  one.ledger.deliver(removal, 3, now);
  one.ledger.leave(thread, mark, Seq{24});
  advance(1s);
  EXPECT_EQ(seen_by(two), (ReachView{3, 0, 1}));
  ReachMark back = back_from(23);
  applies(two, back, 24, 24);  // while it still reads its history
  back.live_from = Seq{30};
  applies(two, back, 30, 30);
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{3, 1, 0}));
  EXPECT_EQ(seen_by(two), (ReachView{3, 1, 0}));
  two.ledger.leave(thread, back, Seq{30});
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{3, 1, 0}));
}

TEST_F(ReachLedgerTest, WhoHasAcknowledgedMayLeave) {
  ReachMark mark = live_at(23);
  one.ledger.deliver(removal, 1, now);
  applies(one, mark, 24, 24);
  one.ledger.leave(thread, mark, Seq{24});
  EXPECT_EQ(seen_by(one), (ReachView{1, 1, 0}));
}

TEST_F(ReachLedgerTest, APageLoadedBeforeTheRemovalThatGetsItInItsHistoryIsAScreenMore) {
  one.ledger.deliver(removal, 1, now);
  ReachMark loaded = back_from(20, 0, 24);
  EXPECT_EQ(seen_by(one), (ReachView{1, 0, 0}));
  applies(one, loaded, 24, 24);
  EXPECT_EQ(seen_by(one), (ReachView{2, 1, 0}));
}

TEST_F(ReachLedgerTest, WhoComesAfterwardsIsNotCounted) {
  one.ledger.deliver(removal, 1, now);
  const ReachMark late = live_at(24);
  one.ledger.leave(thread, late, Seq{30});
  EXPECT_EQ(seen_by(one), (ReachView{1, 0, 0}));
}

TEST_F(ReachLedgerTest, AScreenCutBeforeItCouldSaySoSaysItWhenItIsBack) {
  ReachMark mark = live_at(23);
  ReachMark other = live_at(23);
  one.ledger.deliver(removal, 2, now);
  applies(one, other, 24, 24);
  one.ledger.leave(thread, mark, Seq{24});
  advance(1s);
  ReachMark back = back_from(25, 0, 25);  // it has applied the removal and comes back from above it
  applies(two, back, 25, 25);
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{2, 2, 0}));
  ReachMark stranger = back_from(25, 0, 25);
  applies(two, stranger, 25, 25);
  applies(two, back, 25, 25);
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{2, 2, 0})) << "no screen is unaccounted for any more";
}

TEST_F(ReachLedgerTest, WhoeverIsToldToReloadAnswersForAllItMissed) {
  one.ledger.deliver(removal, 1, now);
  ReachMark gone = live_at(23);
  one.ledger.leave(thread, gone, Seq{24});
  ReachMark resynced = back_from(3, 0, 2'000);
  applies(one, resynced, 2'000, 2'000);
  EXPECT_EQ(seen_by(one), (ReachView{1, 1, 0}));
}

TEST_F(ReachLedgerTest, APostRemovedAgainIsCountedAnew) {
  ReachMark mark = live_at(23);
  one.ledger.deliver(removal, 1, now);
  applies(one, mark, 24, 24);
  one.ledger.deliver({thread, Seq{30}, post}, 1, now);
  EXPECT_EQ(seen_by(one), (ReachView{1, 0, 0}));
  applies(one, mark, 30, 30);
  EXPECT_EQ(seen_by(one), (ReachView{1, 1, 0}));
}

TEST_F(ReachLedgerTest, ARemovalThatNobodySawIsKnownAllTheSame) {
  EXPECT_FALSE(one.ledger.find(post, now));
  one.ledger.note(removal, now);
  advance(1s);
  EXPECT_EQ(seen_by(two), (ReachView{0, 0, 0}));
}

TEST_F(ReachLedgerTest, TheScreensOfANodeThatDiesAreOfflineUntilTheyComeBack) {
  ReachMark spoke = live_at(23);
  one.ledger.deliver(removal, 5, now);
  applies(one, spoke, 24, 24);
  two.ledger.deliver(removal, 1, now);
  advance(2s);
  one.alive = false;
  EXPECT_EQ(seen_by(two), (ReachView{6, 1, 0}));
  advance(limits::reach_silence);
  EXPECT_EQ(seen_by(two), (ReachView{6, 1, 4}));
  ReachMark back = back_from(20, 7);
  applies(two, back, 24, 24);
  EXPECT_EQ(seen_by(two), (ReachView{6, 2, 3}));
}

TEST_F(ReachLedgerTest, WhoseScreensDiedWithTheirNodeIsNotKnownAndWhoIsBackAtTheRemovalAnswersForThem) {
  ReachMark spoke = live_at(23, 3);
  one.ledger.deliver(removal, 5, now);
  applies(one, spoke, 24, 24);
  one.ledger.leave(thread, live_at(23, 3), Seq{24});
  advance(2s);
  one.alive = false;
  advance(limits::reach_silence);
  EXPECT_EQ(seen_by(two), (ReachView{5, 1, 4})) << "one of bucket 3, three of any";
  ReachMark above = back_from(25, 7, 25);
  applies(two, above, 25, 25);
  EXPECT_EQ(seen_by(two), (ReachView{5, 1, 4})) << "whoever loads the page now stands there";
  ReachMark at = back_from(24, 7, 24);
  applies(two, at, 24, 24);
  EXPECT_EQ(seen_by(two), (ReachView{5, 2, 3}));
  ReachMark owner = back_from(25, 3, 25);
  applies(two, owner, 25, 25);
  EXPECT_EQ(seen_by(two), (ReachView{5, 3, 2}));
  for (int screen = 0; screen < 4; ++screen) {
    ReachMark more = back_from(24, 9, 24);
    applies(two, more, 24, 24);
  }
  EXPECT_EQ(seen_by(two), (ReachView{5, 5, 0}));
  ReachMark stranger = back_from(20, 9);
  applies(two, stranger, 24, 24);
  EXPECT_EQ(seen_by(two), (ReachView{5, 5, 0})) << "its history says more than those who only say so";
  applies(two, stranger = back_from(20, 9), 24, 24);
  applies(two, stranger = back_from(20, 9), 24, 24);
  applies(two, stranger = back_from(20, 9), 24, 24);
  EXPECT_EQ(seen_by(two), (ReachView{6, 6, 0})) << "nobody is missed any more";
  one.alive = true;
  one.ledger.note(removal, now);
  advance(2s);
  EXPECT_EQ(seen_by(two), (ReachView{9, 6, 0})) << "it only paused: its screens may still speak";
}

TEST_F(ReachLedgerTest, ANodeThatStopsTellsWhatItHasNotToldYet) {
  ReachMark spoke = live_at(23);
  ReachMark silent = live_at(23);
  one.ledger.deliver(removal, 2, now);
  advance(1s);
  one.ledger.take_message(now + 100s);
  EXPECT_FALSE(one.ledger.take_last_message()) << "nothing changed";
  applies(one, spoke, 24, 24);
  one.ledger.leave(thread, silent, Seq{24});
  const auto last = one.ledger.take_last_message();
  ASSERT_TRUE(last);
  one.alive = false;
  EXPECT_TRUE(two.ledger.hear(*last, now));
  EXPECT_EQ(seen_by(two), (ReachView{2, 1, 1}));
}

TEST_F(ReachLedgerTest, ANodeThatOnlyPausedHasItsScreensStill) {
  one.ledger.deliver(removal, 5, now);
  advance(1s);
  one.alive = false;
  advance(limits::reach_silence + 1s);
  EXPECT_EQ(seen_by(two), (ReachView{5, 0, 5}));
  one.alive = true;
  advance(2s);
  EXPECT_EQ(seen_by(two), (ReachView{5, 0, 0}));
}

TEST_F(ReachLedgerTest, ANodeWhoseScreensOweNothingMayBeSilent) {
  ReachMark mark = live_at(23);
  one.ledger.deliver(removal, 1, now);
  applies(one, mark, 24, 24);
  advance(30min);
  EXPECT_LE(one.messages, 1 + limits::reach_tellings);
  EXPECT_EQ(seen_by(two), (ReachView{1, 1, 0}));
}

TEST_F(ReachLedgerTest, WithoutTheBusANodeKnowsItsOwnCountsAndJudgesNobody) {
  one.ledger.deliver(removal, 3, now);
  advance(1s);
  one.ledger.disconnect();
  two.ledger.disconnect();
  ReachMark mark = live_at(23);
  applies(one, mark, 24, 24);
  EXPECT_FALSE(one.ledger.due());
  advance(1min);
  EXPECT_EQ(seen_by(one), (ReachView{3, 1, 0}));
  EXPECT_EQ(seen_by(two), (ReachView{3, 0, 0})) << "what it knew, and nobody is called dead";
  one.ledger.connect(now);
  two.ledger.connect(now);
  advance(1s);
  EXPECT_EQ(seen_by(two), (ReachView{3, 1, 0}));
}

TEST_F(ReachLedgerTest, LostMessagesAreMadeGood) {
  ReachMark mark = live_at(23);
  lost = true;
  one.ledger.deliver(removal, 1, now);
  applies(one, mark, 24, 24);
  advance(3s);
  EXPECT_FALSE(two.ledger.find(post, now));
  lost = false;
  advance(2s);
  EXPECT_EQ(seen_by(two), (ReachView{1, 1, 0}));
}

TEST_F(ReachLedgerTest, ANodeThatStartsLaterIsToldWhatTheOthersCounted) {
  ReachMark mark = live_at(23);
  one.ledger.deliver(removal, 1, now);
  applies(one, mark, 24, 24);
  advance(1min);
  Node three{3};
  three.ledger.connect(now);
  nodes.push_back(&three);
  EXPECT_FALSE(three.ledger.find(post, now));
  advance(2s);
  EXPECT_EQ(seen_by(three), (ReachView{1, 1, 0}));
}

// A guest that never saw the post: it loads the page, or names a `since` that it can know from there.
TEST_F(ReachLedgerTest, AStrangerDoesNotAnswerForTheLostScreensOfOthers) {
  lose(one, 3, 1);
  advance(1s);
  for (std::int64_t since : {24, 25, 30}) {
    ReachMark liar = back_from(since, 2, since);
    applies(two, liar, since, since);
  }
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{3, 0, 3}));
  EXPECT_EQ(seen_by(two), (ReachView{3, 0, 3}));
  ReachMark back = back_from(25, 1, 25);
  applies(two, back, 25, 25);
  EXPECT_EQ(seen_by(two), (ReachView{3, 1, 2}));
}

TEST_F(ReachLedgerTest, AStrangerFromBelowIsAScreenMoreAndNoLostOne) {
  lose(one, 3, 1);
  ReachMark liar = back_from(23, 2);
  applies(one, liar, 24, 24);
  EXPECT_EQ(seen_by(one), (ReachView{4, 1, 3}));
  ReachMark back = back_from(23, 1);
  applies(one, back, 24, 24);
  EXPECT_EQ(seen_by(one), (ReachView{4, 2, 2}));
}

TEST_F(ReachLedgerTest, WhoNamesNoSinceHasNotComeBack) {
  lose(one, 3, 1);
  ReachMark fresh = live_at(25, 1);
  applies(one, fresh, 25, 25);
  EXPECT_EQ(seen_by(one), (ReachView{3, 0, 3}));
  ReachMark history = live_at(25, 1);  // should it ever be sent some
  history.since = Seq{20};
  applies(one, history, 25, 25);
  EXPECT_EQ(seen_by(one), (ReachView{3, 0, 3}));
  one.ledger.deliver({thread, Seq{26}, PostId{5}}, 1, now);
  applies(one, fresh, 26, 26);
  EXPECT_EQ(seen_by(one, PostId{5}), (ReachView{1, 1, 0})) << "what it gets live it applies";
}

TEST_F(ReachLedgerTest, TheLossOfAScreenThatIsBackAlreadyMayBeNoticedLater) {
  one.ledger.deliver(removal, 2, now);
  const ReachMark cut = live_at(23, 1);
  const ReachMark other = live_at(23, 2);
  advance(1s);
  ReachMark back = back_from(25, 1, 25);
  applies(two, back, 25, 25);
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{2, 0, 0})) << "nobody is known to be lost, so nobody is known to be back";
  one.ledger.leave(thread, other, Seq{25});
  EXPECT_EQ(seen_by(one), (ReachView{2, 0, 1}));
  one.ledger.leave(thread, cut, Seq{25});
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{2, 1, 1}));
  EXPECT_EQ(seen_by(two), (ReachView{2, 1, 1}));
}

TEST_F(ReachLedgerTest, TheSameWithOneThatGetsTheRemovalInItsHistory) {
  one.ledger.deliver(removal, 1, now);
  advance(1s);
  ReachMark back = back_from(23, 1);
  applies(two, back, 24, 24);
  advance(1s);
  EXPECT_EQ(seen_by(one), (ReachView{2, 1, 0})) << "as long as the old socket seems to live";
  one.ledger.leave(thread, live_at(23, 1), Seq{24});
  EXPECT_EQ(seen_by(one), (ReachView{1, 1, 0}));
}

TEST_F(ReachLedgerTest, ASocketThatSubscribesAgainIsNoOtherScreen) {
  lose(one, 3, 1);
  ReachMark mark = back_from(23, 1);
  applies(one, mark, 24, 24);
  EXPECT_EQ(seen_by(one), (ReachView{3, 1, 2}));
  for (std::int64_t since : {20, 23, 24, 30}) {
    ReachMark again = back_from(since, 1, 30);
    again.witness.earlier = *mark.acknowledged;
    applies(one, again, 30, 30);
  }
  EXPECT_EQ(seen_by(one), (ReachView{3, 1, 2}));
  one.ledger.deliver({thread, Seq{31}, PostId{5}}, 1, now);
  ReachMark live = live_at(30, 1);
  live.witness.earlier = Seq{40};  // a node that was behind
  applies(one, live, 31, 31);
  EXPECT_EQ(seen_by(one, PostId{5}), (ReachView{1, 1, 0})) << "what is delivered live is acknowledged live";
  ReachMark later = back_from(30, 1, 31);
  later.witness.earlier = Seq{30};
  applies(one, later, 31, 31);
  EXPECT_EQ(seen_by(one, PostId{5}), (ReachView{2, 2, 0})) << "a removal that it has not acknowledged yet";
}

TEST_F(ReachLedgerTest, ASocketThatSubscribesAgainAnswersOnlyOnce) {
  lose(one, 3, 1);
  ReachMark mark = back_from(24, 1, 24);
  applies(one, mark, 24, 24);
  EXPECT_EQ(seen_by(one), (ReachView{3, 1, 2}));
  ReachMark again = back_from(24, 1, 24);
  again.witness.earlier = *mark.acknowledged;
  applies(one, again, 24, 24);
  EXPECT_EQ(seen_by(one), (ReachView{3, 1, 2}));
}

TEST_F(ReachLedgerTest, ManyAcknowledgementsAreOneMessageASecond) {
  one.ledger.deliver(removal, 500, now);
  for (int step = 0; step < 50; ++step) {
    for (int screen = 0; screen < 10; ++screen) {
      ReachMark mark = live_at(23);
      applies(one, mark, 24, 24);
    }
    advance(100ms);
  }
  advance(1s);
  EXPECT_EQ(seen_by(two), (ReachView{500, 500, 0}));
  EXPECT_LE(one.messages, 7);
  advance(1min);
  EXPECT_LE(one.messages, 7 + limits::reach_tellings) << "and then it is quiet";
}

TEST_F(ReachLedgerTest, TheLatestRemovalsAreKeptAndNoMore) {
  const auto many = static_cast<std::int64_t>(limits::reach_removals);
  for (std::int64_t seq = 1; seq <= many + 10; ++seq) {
    one.ledger.deliver({thread, Seq{seq}, PostId{seq}}, 1, now);
  }
  EXPECT_EQ(one.ledger.size(), limits::reach_removals);
  EXPECT_FALSE(one.ledger.find(PostId{10}, now));
  EXPECT_TRUE(one.ledger.find(PostId{11}, now));
  ReachMark mark = live_at(0);
  applies(one, mark, many + 10, many + 10);
  now += limits::reach_memory;
  one.ledger.note({thread, Seq{many + 11}, PostId{7}}, now);
  EXPECT_EQ(one.ledger.size(), 1U);
  advance(10s);
  EXPECT_FALSE(one.ledger.due()) << "what is forgotten owes nothing";
}

TEST_F(ReachLedgerTest, WhatWasForgottenHereAndHeardOfAgainStartsWithNothing) {
  ReachMark mark = live_at(23);
  one.ledger.deliver(removal, 1, now);
  advance(1s);
  now += limits::reach_memory;
  one.ledger.note({thread, Seq{90}, PostId{7}}, now);
  one.ledger.hear(reach_text({2, false, {{removal, {1, 0}}}}), now);
  applies(one, mark, 24, 24);
  EXPECT_EQ(seen_by(one), (ReachView{1, 0, 0})) << "nothing is applied that is not delivered";
}

TEST(ReachMessageText, TravelsAndComesBack) {
  ReachCounts counts{10, 7};
  counts.bucket(201) = {201, 2, 1, 0, 3};
  counts.bucket(0).back_at = 4;
  counts.bucket(201).lost = 3;
  counts.bucket(255).returned = 100'000'000;
  const ReachMessage message{17'446'744'073'709'551'615U, true, {{removal, counts}, {{thread, Seq{25}, post}, {}}}};
  EXPECT_EQ(reach_text(message),
            "17446744073709551615\n?\n42 24 913 10 7\n+0 0 0 4 0\n+201 3 1 0 3\n+255 0 100000000 0 0\n"
            "42 25 913 0 0\n");
  EXPECT_EQ(parse_reach_message(reach_text(message)), message);
}

TEST(ReachMessageText, IsRefusedUnlessEveryLineCanBe) {
  const std::string good = "7\n42 24 913 10 7\n";
  ASSERT_TRUE(parse_reach_message(good));
  ASSERT_TRUE(parse_reach_message(good + "+0 3 0 0 0\n"));
  for (const char* text : {"", "x\n", "7", "-1\n", "7\n?", "7\n??\n", "7\n42 24 913 10\n", "7\n42 24 913 10 7",
                           "7\n42 24 913 10 7 \n", "7\n0 24 913 10 7\n", "7\n42 24 0 10 7\n", "7\n42 0 913 10 7\n",
                           "7\n42 24 913 10 11\n", "7\n42 24 913 10 -7\n", "7\n42 24 913 999999999 7\n",
                           "7\n42 24 913 10 99999999999999999999\n", "7\n42 24 913 10 7 2 1\n", "7\n+0 3 0 0 0\n"}) {
    EXPECT_FALSE(parse_reach_message(text)) << text;
  }
  for (const char* buckets :
       {"+", "+\n", "+0 0 0 0\n", "+0 0 0 0 0", "+0 0 0 0 0 0\n", "+0 0 0 0 0 \n", "+256 0 0 0 0\n", "+-1 0 0 0 0\n",
        "+ 1 0 0 0 0\n", "+0 4 0 0 0\n", "+0 2 0 0 0\n+1 2 0 0 0\n", "+0 -1 0 0 0\n", "+0 0 -1 0 0\n", "+0 0 0 -1 0\n",
        "+0 0 0 0 -1\n", "+0 0 100000001 0 0\n", "+0 0 0 0 9223372036854775808\n", "+1 0 1 0 0\n+1 0 1 0 0\n",
        "+2 0 1 0 0\n+1 0 1 0 0\n"}) {
    EXPECT_FALSE(parse_reach_message(good + buckets)) << buckets;
  }
}

TEST(ReachBuckets, AreTheSameInEveryProcessAndEvenlyFilled) {
  int members[256] = {};
  for (int id = 1; id <= 25'600; ++id) {
    ++members[reach_bucket("member:" + std::to_string(id))];
  }
  EXPECT_GT(*std::ranges::min_element(members), 50);
  EXPECT_LT(*std::ranges::max_element(members), 150);
  EXPECT_EQ(reach_bucket("member:7"), 100) << "nodes of different versions must agree";
  EXPECT_EQ(reach_bucket("network:2001:db8::/64"), 121);
}

}  // namespace
}  // namespace foyer::live
