// Subscribing to threads: answers, history, live events, and what happens when news are lost.
#include "server/live/hub.hpp"

#include "protocol/limits.hpp"
#include "tests/live/hub_fixture.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

TEST_F(HubTest, TheAnswerNamesTheHeadAndTheViewersAndEventsFollow) {
  backlog.commit_many(1, 3);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer);
  settle();
  ASSERT_EQ(viewer.messages.size(), 1U);
  const auto& answer = viewer.messages[0];
  EXPECT_EQ(answer.at("type"), "subscribed");
  EXPECT_EQ(answer.at("id"), 7);
  EXPECT_EQ(answer.at("channel"), "thread:1");
  EXPECT_EQ(answer.at("seq"), 3);
  EXPECT_EQ(answer.at("viewers"), 1);
  EXPECT_FALSE(answer.contains("resync"));
  post();
  post();
  EXPECT_EQ(viewer.seqs, (Numbers{4, 5}));
}

TEST_F(HubTest, HistoryComesFromPostgresAndThenLiveEventsWithoutHoleOrDouble) {
  backlog.commit_many(1, 600);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, thread_1, 40);
  settle();
  EXPECT_EQ(seq_of(viewer.messages[0]), 600);
  post();
  EXPECT_EQ(viewer.seqs, range(41, 601));
  EXPECT_EQ(backlog.event_reads, 3);
}

TEST_F(HubTest, EventsThatComeDuringTheReadingOfHistoryAreNeitherLostNorDoubled) {
  backlog.commit_many(1, 300);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, thread_1, 0);
  context.poll();
  backlog.answer_one();  // the head; the first page is asked for
  for (int count = 0; count < 5; ++count) {
    node.hub.publish(News{{backlog.commit(1)}, {}});
    context.restart();
    context.poll();
  }
  EXPECT_EQ(viewer.seqs, Numbers{});
  settle();
  post();
  EXPECT_EQ(viewer.seqs, range(1, 306));
}

TEST_F(HubTest, ASecondSubscriberReadsItsHistoryFromMemory) {
  backlog.commit_many(1, 10);
  FakeViewer first;
  const auto one = subscribe(first);
  settle();
  for (int count = 0; count < 20; ++count) {
    post();
  }
  const int reads = backlog.event_reads;
  FakeViewer second;
  const auto two = subscribe(second, thread_1, 12);
  EXPECT_EQ(second.seqs, range(13, 30));
  EXPECT_EQ(second.sends, 2) << "the answer, and the history in one piece";
  settle();
  EXPECT_EQ(backlog.event_reads, reads);
}

TEST_F(HubTest, AHerdSharesItsReadsOfPostgres) {
  backlog.commit_many(1, 1000);
  std::vector<FakeViewer> viewers(200);
  std::vector<std::unique_ptr<Subscription>> subscriptions;
  std::int64_t since = 100;
  for (FakeViewer& viewer : viewers) {
    subscriptions.push_back(subscribe(viewer, thread_1, since));
    since = since == 900 ? 100 : since + 100;
  }
  settle();
  EXPECT_LE(backlog.event_reads, 8);
  for (std::size_t index = 0; index < viewers.size(); ++index) {
    EXPECT_EQ(viewers[index].seqs, range(static_cast<std::int64_t>(index % 9) * 100 + 101, 1000));
  }
}

TEST_F(HubTest, TooLongAHistoryOrAPositionAboveTheHeadSaysResync) {
  backlog.commit_many(1, limits::replay_events + 5);
  for (const std::int64_t before_head : {limits::replay_events + 1, limits::replay_events + 4, std::int64_t{-1}}) {
    const auto head = static_cast<std::int64_t>(backlog.logs[1].size());
    FakeViewer viewer;
    const auto subscription = subscribe(viewer, thread_1, head - before_head);
    settle();
    ASSERT_EQ(viewer.messages.size(), 1U);
    EXPECT_EQ(viewer.messages[0].at("resync"), true);
    EXPECT_EQ(seq_of(viewer.messages[0]), head);
    post();
    EXPECT_EQ(viewer.seqs, (Numbers{head + 1}));
  }
  FakeViewer just;
  const auto subscription = subscribe(just, thread_1, static_cast<std::int64_t>(backlog.logs[1].size()) - 1000);
  settle();
  EXPECT_FALSE(just.messages[0].contains("resync"));
  EXPECT_EQ(just.seqs.size(), 1000U);
}

TEST_F(HubTest, APositionAheadOfThisNodeButNotOfPostgresWaitsForTheNode) {
  backlog.commit_many(1, 3);
  FakeViewer here;
  const auto one = subscribe(here);
  settle();
  const auto lost = backlog.commit(1);  // 4, 5: committed elsewhere, not heard here yet
  const auto late = backlog.commit(1);
  FakeViewer ahead;
  const auto two = subscribe(ahead, thread_1, 5);
  EXPECT_TRUE(ahead.messages.empty());
  settle();
  ASSERT_EQ(ahead.messages.size(), 1U);
  EXPECT_FALSE(ahead.messages[0].contains("resync"));
  EXPECT_EQ(seq_of(ahead.messages[0]), 5);
  post();
  advance(limits::sequencer_hole_time);
  EXPECT_EQ(here.seqs, (Numbers{4, 5, 6}));
  EXPECT_EQ(ahead.seqs, (Numbers{6}));
}

TEST_F(HubTest, AThreadThatDoesNotExistIsRefusedAndLeavesNothingBehind) {
  FakeViewer viewer;
  auto subscription = subscribe(viewer, Channel{ChannelKind::thread, 99});
  viewer.when_refused = [&subscription] { subscription.reset(); };
  settle();
  ASSERT_EQ(viewer.refusals.size(), 1U);
  EXPECT_EQ(viewer.refusals[0].second, ErrorCode::not_found);
  EXPECT_EQ(node.hub.channels(), 0U);
  EXPECT_EQ(node.hub.figures().subscriptions, 0U);
}

TEST_F(HubTest, WithoutPostgresASubscriptionIsRefusedAsUnavailableAndALaterOneWorks) {
  backlog.commit_many(1, 2);
  backlog.away = true;
  FakeViewer viewer;
  auto subscription = subscribe(viewer);
  viewer.when_refused = [&subscription] { subscription.reset(); };
  settle();
  ASSERT_EQ(viewer.refusals.size(), 1U);
  EXPECT_EQ(viewer.refusals[0].second, ErrorCode::unavailable);
  backlog.away = false;
  subscription = subscribe(viewer);
  settle();
  EXPECT_EQ(seq_of(viewer.messages[0]), 2);
}

TEST_F(HubTest, ALostMessageIsReadFromPostgresWhenTheNextOneShowsTheHole) {
  backlog.commit(1);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer);
  settle();
  backlog.commit(1);  // never published
  post();
  EXPECT_EQ(viewer.seqs, Numbers{});
  advance(limits::sequencer_hole_time);
  EXPECT_EQ(viewer.seqs, (Numbers{2, 3}));
  EXPECT_EQ(node.hub.figures().holes_read, 1U);
}

TEST_F(HubTest, AnEventThatIsNeverPublishedArrivesWithinASecond) {
  backlog.commit(1);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer);
  settle();
  advance(1s);
  post();
  backlog.commit(1);  // the node died before it published
  for (int step = 0; step < 9; ++step) {
    advance(100ms);
  }
  EXPECT_EQ(viewer.seqs, (Numbers{2, 3}));
}

TEST_F(HubTest, EventsArriveWhileTheBusIsAwayAndComeOverTheBusAgainAfterwards) {
  backlog.commit(1);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer);
  settle();
  node.bus.cut();
  for (std::int64_t count = 0; count < 4; ++count) {
    post();
    for (int step = 0; step < 6; ++step) {
      advance(100ms);
    }
    EXPECT_EQ(viewer.seqs, range(2, 2 + count));
  }
  backlog.commit(1);  // during the last moments of the outage
  node.bus.restore();
  settle();
  advance(limits::sequencer_hole_time);
  post();
  EXPECT_EQ(viewer.seqs, range(2, 7));
}

TEST_F(HubTest, AFailingPostgresIsAskedAgainUntilItAnswers) {
  backlog.commit_many(1, 3);
  FakeViewer first;
  const auto one = subscribe(first);
  settle();
  FakeViewer second;
  const auto two = subscribe(second, thread_1, 0);
  backlog.away = true;
  settle();
  backlog.commit(1);
  post();
  for (int step = 0; step < 30; ++step) {
    advance(100ms);
  }
  EXPECT_EQ(first.seqs, Numbers{});
  backlog.away = false;
  for (int step = 0; step < 30; ++step) {
    advance(100ms);
  }
  EXPECT_EQ(first.seqs, (Numbers{4, 5}));
  EXPECT_EQ(second.seqs, range(1, 5));
}

TEST_F(HubTest, ManyEventsOfOneTurnAreOneSendPerSubscriber) {
  backlog.commit(1);
  std::vector<FakeViewer> viewers(3);
  std::vector<std::unique_ptr<Subscription>> subscriptions;
  for (FakeViewer& viewer : viewers) {
    subscriptions.push_back(subscribe(viewer));
  }
  settle();
  News news;
  for (int count = 0; count < 50; ++count) {
    news.events.push_back(backlog.commit(1));
  }
  const int before = viewers[0].sends;
  node.hub.publish(news);
  settle();
  for (const FakeViewer& viewer : viewers) {
    EXPECT_EQ(viewer.seqs, range(2, 51));
    EXPECT_EQ(viewer.sends, before + 1);
  }
}

TEST_F(HubTest, WhoeverLeavesHearsNothingMoreAndTheOthersGoOn) {
  backlog.commit(1);
  std::vector<FakeViewer> viewers(4);
  std::vector<std::unique_ptr<Subscription>> subscriptions;
  for (FakeViewer& viewer : viewers) {
    subscriptions.push_back(subscribe(viewer));
  }
  settle();
  post();
  subscriptions[1].reset();
  subscriptions[3].reset();
  post();
  EXPECT_EQ(viewers[0].seqs, (Numbers{2, 3}));
  EXPECT_EQ(viewers[1].seqs, (Numbers{2}));
  EXPECT_EQ(viewers[2].seqs, (Numbers{2, 3}));
  EXPECT_EQ(viewers[3].seqs, (Numbers{2}));
}

TEST_F(HubTest, ALongHistoryWaitsForASlowReader) {
  backlog.commit_many(1, 700);
  FakeViewer viewer;
  viewer.waiting = limits::live_replay_bytes + 1;
  const auto subscription = subscribe(viewer, thread_1, 0);
  settle();
  EXPECT_EQ(viewer.seqs, Numbers{});
  post();
  viewer.waiting = 0;
  subscription->resume();
  settle();
  EXPECT_EQ(viewer.seqs, range(1, 701));
}

TEST_F(HubTest, AReplayNeverShowsATextThatWasTakenAwayMeanwhile) {
  backlog.commit(1);
  FakeViewer first;
  const auto one = subscribe(first);
  settle();
  post(1, 500);
  post();
  post(1, 500);  // post 500 is removed
  FakeViewer second;
  const auto two = subscribe(second, thread_1, 1);
  EXPECT_EQ(second.seqs, Numbers{}) << "it must be read from PostgreSQL in its present state";
  settle();
  EXPECT_EQ(second.seqs, (Numbers{2, 3, 4}));
}

TEST_F(HubTest, WhatThisNodeHasTakenAwayIsNotReplayedThoughRedisHasNotSaidItYet) {
  backlog.commit(1);
  FakeViewer first;
  const auto one = subscribe(first);
  settle();
  post(1, 500);
  node.hub.publish(News{{backlog.commit(1, 500, "post.removed")}, {}});
  FakeViewer second;
  const auto two = subscribe(second, thread_1, 1);
  EXPECT_EQ(second.seqs, Numbers{});
  settle();
  EXPECT_EQ(second.seqs, (Numbers{2, 3}));
  EXPECT_TRUE(second.of_type("event")[0].at("data").at("post").at("body").is_null());
  EXPECT_EQ(first.seqs, (Numbers{2, 3}));
}

TEST_F(HubTest, WhatThisNodeHasMissedIsNotReplayedFromItsMemory) {
  backlog.commit(1);
  FakeViewer first;
  const auto one = subscribe(first);
  settle();
  post(1, 500);
  backlog.commit(1, 500);  // post 500 is removed, and the news of it is lost
  FakeViewer ahead;        // whoever comes with it shows the node that it is behind
  const auto two = subscribe(ahead, thread_1, 3);
  settle();
  FakeViewer late;
  const auto three = subscribe(late, thread_1, 1);
  EXPECT_EQ(late.seqs, Numbers{}) << "it must be read from PostgreSQL in its present state";
  settle();
  advance(limits::sequencer_hole_time);
  EXPECT_EQ(late.seqs, (Numbers{2, 3}));
  EXPECT_EQ(first.seqs, (Numbers{2, 3}));
}

TEST_F(HubTest, WhileTheBusIsAwayPostgresIsAskedBeforeAnythingIsReplayedFromMemory) {
  backlog.commit(1);
  FakeViewer first;
  const auto one = subscribe(first);
  settle();
  post(1, 500);
  node.bus.cut();
  settle();
  backlog.commit(1, 500);  // post 500 is removed
  FakeViewer late;
  const auto two = subscribe(late, thread_1, 1);
  EXPECT_TRUE(late.messages.empty());
  const int reads = backlog.event_reads;
  settle();
  EXPECT_GT(backlog.event_reads, reads) << "its history is in memory, but out of date";
  EXPECT_EQ(late.seqs, (Numbers{2, 3}));
}

TEST_F(HubTest, AfterTheBusIsBackNothingIsReplayedFromMemoryUntilPostgresHasSaidWhatWasMissed) {
  backlog.commit(1);
  FakeViewer first;
  const auto one = subscribe(first);
  settle();
  post(1, 500);
  node.bus.cut();
  context.restart();
  context.poll();
  backlog.commit(1, 500);  // post 500 is removed
  node.bus.restore();
  context.restart();
  context.poll();  // the topic is heard again
  FakeViewer late;
  const auto two = subscribe(late, thread_1, 1);
  EXPECT_EQ(late.seqs, Numbers{});
  settle();
  advance(limits::sequencer_hole_time);
  EXPECT_EQ(late.seqs, (Numbers{2, 3}));
  FakeViewer later;
  const auto three = subscribe(later, thread_1, 2);
  EXPECT_EQ(later.seqs, (Numbers{3})) << "from memory again";
}

TEST_F(HubTest, AChannelThatLingersIsComparedToo) {
  backlog.commit(1);
  FakeViewer viewer;
  auto subscription = subscribe(viewer);
  settle();
  post(1, 500);
  subscription.reset();
  backlog.commit(1, 500);  // post 500 is removed, and the news of it is lost
  for (int step = 0; step < 10; ++step) {
    advance(100ms);
  }
  FakeViewer late;
  subscription = subscribe(late, thread_1, 1);
  EXPECT_EQ(late.messages.at(0).at("seq"), 3) << "it has read what it missed";
  settle();
  EXPECT_EQ(late.seqs, (Numbers{2, 3}));
}

TEST_F(HubTest, TheTopicLingersAndThenGoes) {
  backlog.commit(1);
  FakeViewer viewer;
  auto subscription = subscribe(viewer);
  settle();
  subscription.reset();
  advance(limits::channel_linger - 1s);
  EXPECT_EQ(node.hub.channels(), 1U);
  post();
  subscription = subscribe(viewer, thread_1, 1);
  EXPECT_EQ(viewer.seqs, (Numbers{2})) << "still heard";
  subscription.reset();
  advance(limits::channel_linger);
  EXPECT_EQ(node.hub.channels(), 0U);
}

TEST_F(HubTest, StrangeMessagesOnTheBusAreCountedAndDropped) {
  backlog.commit(1);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer);
  settle();
  node.bus.publish("foyer:thread:1", "nonsense\n2\n3 {\n");
  node.bus.publish("foyer:thread:77", "nonsense\n");
  settle();
  EXPECT_EQ(node.hub.figures().bus_malformed, 3U);
  post();
  EXPECT_EQ(viewer.seqs, (Numbers{2}));
}

TEST_F(HubTest, LongNewsTravelInSeveralMessages) {
  backlog.commit(1);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer);
  settle();
  News news;
  for (int count = 0; count < 6; ++count) {
    auto event = backlog.commit(1);
    event.json.insert(event.json.size() - 1, R"(,"x":")" + std::string(limits::bus_message_bytes / 3, 'x') + '"');
    news.events.push_back(event);
  }
  const auto published = node.bus.figures().published;
  node.hub.publish(news);
  settle();
  EXPECT_EQ(node.bus.figures().published - published, 3U);
  EXPECT_EQ(viewer.seqs, range(2, 7));
}

}  // namespace
}  // namespace foyer::live
