// Proof of reach through two hubs: who was sent a removal, who said that it is gone, what each node knows of it.
#include <span>

#include "protocol/limits.hpp"
#include "tests/live/hub_fixture.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

constexpr PostId post_500{500};

class HubReachTest : public HubTest {
 protected:
  std::unique_ptr<Subscription> subscribe_elsewhere(FakeViewer& viewer, std::optional<std::int64_t> since = {},
                                                    const ReachWitness& witness = {}) {
    return other.hub.subscribe(viewer, {8, thread_1, since ? std::optional(Seq{*since}) : std::nullopt}, witness);
  }
  void pass(std::chrono::milliseconds by) {
    advance(by);
    other.hub.run_due();
    settle();
    node.hub.run_due();
    settle();
  }
  Seq remove_post() {
    const EncodedEvent event = backlog.commit(1, post_500.value, "post.removed");
    node.hub.publish(News{{event}, {}});
    settle();
    return event.seq;
  }
  ReachView here() const { return node.hub.reach(post_500).value_or(ReachView{-1, -1, -1}); }
  ReachView there() const { return other.hub.reach(post_500).value_or(ReachView{-1, -1, -1}); }

  TestNode other{context, exchange, backlog, clock, "node-2"};
  FakeViewer viewers[4];
};

TEST_F(HubReachTest, ViewersOfBothNodesAreCountedAndBothNodesKnow) {
  backlog.commit_many(1, 3);
  const auto one = subscribe(viewers[0]);
  const auto two = subscribe(viewers[1]);
  const auto three = subscribe_elsewhere(viewers[2]);
  settle();
  EXPECT_FALSE(node.hub.reach(post_500));
  const Seq seq = remove_post();
  pass(1s);
  EXPECT_EQ(here(), (ReachView{3, 0, 0}));
  EXPECT_EQ(there(), (ReachView{3, 0, 0}));
  one->acknowledge(seq);
  one->acknowledge(seq);
  three->acknowledge(seq);
  pass(1s);
  EXPECT_EQ(here(), (ReachView{3, 2, 0}));
  EXPECT_EQ(there(), (ReachView{3, 2, 0}));
  EXPECT_EQ(node.hub.reach_figures(), (ReachFigures{2, 1, 0, 0}));
}

TEST_F(HubReachTest, AnAcknowledgementBeforeTheAnswerCountsNothing) {
  backlog.commit_many(1, 3);
  const auto early = subscribe(viewers[0], thread_1, 0);
  early->acknowledge(Seq{99});
  settle();
  const Seq seq = remove_post();
  EXPECT_EQ(here(), (ReachView{1, 0, 0}));
  early->acknowledge(seq);
  EXPECT_EQ(here(), (ReachView{1, 1, 0}));
}

TEST_F(HubReachTest, AScreenCutHereIsGoneWhenItComesBackThereFromItsPlaceInMemory) {
  backlog.commit_many(1, 3);
  auto cut = subscribe(viewers[0]);
  const auto stays = subscribe_elsewhere(viewers[1]);
  settle();
  const Seq seq = remove_post();
  cut.reset();
  pass(1s);
  EXPECT_EQ(there(), (ReachView{2, 0, 1}));
  const auto back = subscribe_elsewhere(viewers[2], 3);
  settle();
  EXPECT_EQ(viewers[2].seqs, (Numbers{4}));
  EXPECT_EQ(there(), (ReachView{2, 0, 1})) << "it has not said so yet";
  back->acknowledge(seq);
  pass(1s);
  EXPECT_EQ(here(), (ReachView{2, 1, 0}));
}

TEST_F(HubReachTest, AScreenThatReadsItsHistoryFromPostgresCountsOnceItSaysSo) {
  backlog.commit_many(1, 3);
  auto cut = subscribe(viewers[0]);
  settle();
  const Seq seq = remove_post();
  cut.reset();
  pass(limits::channel_linger);
  ASSERT_EQ(node.hub.channels(), 0U);
  backlog.commit_many(1, 600);
  const auto back = subscribe(viewers[1], thread_1, 1);
  while (viewers[1].seqs.empty()) {
    context.restart();
    context.poll();
    ASSERT_TRUE(backlog.answer_one());
  }
  back->acknowledge(seq);  // while the pages behind it are still read
  EXPECT_EQ(here(), (ReachView{1, 1, 0}));
  settle();
  back->acknowledge(seq);
  EXPECT_EQ(here(), (ReachView{1, 1, 0}));
}

TEST_F(HubReachTest, ASubscriptionAheadOfItsNodeIsADeliveryWhenTheNodeCatchesUp) {
  backlog.commit_many(1, 3);
  const auto behind = subscribe(viewers[0]);
  settle();
  backlog.commit(1);  // 4: not heard here
  const auto ahead = subscribe(viewers[1], thread_1, 4);
  settle();
  const Seq seq = remove_post();
  advance(limits::sequencer_hole_time);
  EXPECT_EQ(viewers[1].seqs, (Numbers{5}));
  EXPECT_EQ(here(), (ReachView{2, 0, 0}));
  ahead->acknowledge(seq);
  behind->acknowledge(seq);
  EXPECT_EQ(here(), (ReachView{2, 2, 0}));
}

TEST_F(HubReachTest, ASubscriptionAheadOfTheRemovalGotItInItsHistory) {
  backlog.commit_many(1, 3);
  const auto behind = subscribe(viewers[0]);
  settle();
  exchange.loses = [](const std::string& topic) { return topic == "foyer:thread:1"; };
  const Seq seq = remove_post();  // 4: lost on its way
  exchange.loses = [](const std::string&) { return false; };
  const auto ahead = subscribe(viewers[1], thread_1, 4);
  settle();
  advance(1s);
  EXPECT_EQ(viewers[0].seqs, (Numbers{4}));
  EXPECT_EQ(here(), (ReachView{1, 0, 0})) << "whoever stands above the removal loaded its page afterwards";
  behind->acknowledge(seq);
  EXPECT_EQ(here(), (ReachView{1, 1, 0}));
}

TEST_F(HubReachTest, WhoeverLoadsThePageAfterwardsIsNotCounted) {
  backlog.commit_many(1, 3);
  const auto one = subscribe(viewers[0]);
  settle();
  const Seq seq = remove_post();
  const auto late = subscribe(viewers[1], thread_1, seq.value);
  const auto later = subscribe(viewers[2]);
  settle();
  EXPECT_EQ(here(), (ReachView{1, 0, 0}));
}

TEST_F(HubReachTest, ARemovalWithoutViewersIsKnownToHaveHadNone) {
  backlog.commit_many(1, 3);
  pass(1s);
  remove_post();
  pass(1s);
  EXPECT_EQ(here(), (ReachView{0, 0, 0}));
  EXPECT_EQ(there(), (ReachView{0, 0, 0}));
}

TEST_F(HubReachTest, AStrangerSettlesNoLostScreenOfOthers) {
  backlog.commit_many(1, 3);
  std::vector<std::unique_ptr<Subscription>> cut;
  for (FakeViewer& viewer : std::span(viewers).first(3)) {
    cut.push_back(subscribe(viewer));
  }
  settle();
  const Seq seq = remove_post();
  cut.clear();
  pass(1s);
  EXPECT_EQ(there(), (ReachView{3, 0, 3}));
  backlog.commit(1);
  for (const std::optional<std::int64_t> since : {std::optional<std::int64_t>(), {seq.value}, {seq.value + 1}, {99}}) {
    FakeViewer viewer;
    const auto liar = subscribe_elsewhere(viewer, since, {.bucket = 9});
    settle();
    ASSERT_EQ(viewer.of_type("subscribed").size(), 1U);
    liar->acknowledge(Seq{seq.value + 5});
  }
  FakeViewer viewer;
  const auto page = subscribe_elsewhere(viewer);  // of their own bucket, but a new page
  settle();
  page->acknowledge(seq);
  pass(1s);
  EXPECT_EQ(here(), (ReachView{3, 0, 3}));
  EXPECT_EQ(there(), (ReachView{3, 0, 3}));
  const auto back = subscribe_elsewhere(viewers[3], seq.value);
  settle();
  back->acknowledge(seq);
  pass(1s);
  EXPECT_EQ(here(), (ReachView{3, 1, 2}));
}

TEST_F(HubReachTest, ASubscriptionSaysWhatItHasAcknowledgedAndTheNextOneOfItsSocketCountsNothingOfThat) {
  backlog.commit_many(1, 3);
  const auto other_screen = subscribe(viewers[0]);
  settle();
  const Seq seq = remove_post();
  pass(1s);
  Seq earlier;
  for (int round = 0; round < 3; ++round) {
    FakeViewer viewer;
    const auto loop = subscribe_elsewhere(viewer, seq.value - 1, {.bucket = 9, .earlier = earlier});
    settle();
    EXPECT_FALSE(loop->acknowledged());
    loop->acknowledge(seq);
    ASSERT_TRUE(loop->acknowledged());
    earlier = *loop->acknowledged();
    EXPECT_EQ(earlier, seq);
  }
  pass(1s);
  EXPECT_EQ(here(), (ReachView{2, 1, 0}));
}

TEST_F(HubReachTest, FiveHundredScreensAreOneMessageASecond) {
  backlog.commit_many(1, 3);
  std::vector<FakeViewer> crowd(500);
  std::vector<std::unique_ptr<Subscription>> subscriptions;
  for (FakeViewer& viewer : crowd) {
    subscriptions.push_back(subscribe(viewer));
  }
  settle();
  pass(20s);
  int told = 0;
  exchange.loses = [&told](const std::string& topic) {
    told += topic == reach_topic ? 1 : 0;  // once per node that hears it
    return false;
  };
  const Seq seq = remove_post();
  for (int step = 0; step < 50; ++step) {
    for (std::size_t index = 0; index < 10; ++index) {
      subscriptions[static_cast<std::size_t>(step) * 10 + index]->acknowledge(seq);
      settle();
    }
    pass(100ms);
  }
  EXPECT_EQ(there(), (ReachView{500, 500, 0}));
  EXPECT_LE(told / 2, 6);
}

TEST_F(HubReachTest, AMessageThatCannotBeReadIsCountedAndDropped) {
  node.bus.publish(std::string(reach_topic), "nonsense");
  settle();
  EXPECT_EQ(node.hub.figures().bus_malformed, 1U);
}

}  // namespace
}  // namespace foyer::live
