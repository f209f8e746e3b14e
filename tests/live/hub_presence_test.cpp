// Presence and snapshot channels through the hub, with two nodes where it matters.
#include <boost/json/serialize.hpp>

#include "protocol/limits.hpp"
#include "tests/live/hub_fixture.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

constexpr Channel film_5{ChannelKind::film, 5};
constexpr Channel front{ChannelKind::front, 0};

class TwoNodesTest : public HubTest {
 protected:
  std::unique_ptr<Subscription> subscribe_elsewhere(FakeViewer& viewer, Channel channel = thread_1) {
    return other.hub.subscribe(viewer, SubscribeFrame{8, channel, std::nullopt});
  }
  void pass(std::chrono::milliseconds by) {
    advance(by);
    other.hub.run_due();
    settle();
    node.hub.run_due();
    settle();
  }
  TestNode other{context, exchange, backlog, clock, "node-2"};
};

TEST_F(TwoNodesTest, ViewersAreCountedOverAllNodes) {
  backlog.commit(1);
  FakeViewer here;
  FakeViewer there;
  const auto one = subscribe(here);
  settle();
  pass(1s);
  const auto two = subscribe_elsewhere(there);
  settle();
  for (int step = 0; step < 12; ++step) {
    pass(500ms);
  }
  ASSERT_FALSE(here.of_type("presence").empty());
  EXPECT_EQ(here.of_type("presence").back().at("viewers"), 2);
  ASSERT_FALSE(there.of_type("presence").empty());
  EXPECT_EQ(there.of_type("presence").back().at("viewers"), 2);
  const auto told = here.of_type("presence").size();
  for (int step = 0; step < 20; ++step) {
    pass(1s);
  }
  EXPECT_EQ(here.of_type("presence").size(), told) << "nothing changed";
}

TEST_F(TwoNodesTest, WhoeverSeesAFilmHearsWhoReadsItsDiscussionsOnAllNodes) {
  backlog.commit(1);
  backlog.films[5] = 1;
  backlog.named = {ThreadId{1}};
  const auto readers = [](const FakeViewer& viewer) {
    std::string told;
    for (const auto& message : viewer.of_type("event")) {
      if (message.contains("event") && message.at("event") == "film.readers") {
        told += boost::json::serialize(message.at("data").at("readers"));
      }
    }
    return told;
  };
  FakeViewer watching;
  const auto film = subscribe(watching, film_5);
  FakeViewer first;
  auto one = subscribe(first);
  settle();
  pass(2s);
  EXPECT_EQ(readers(watching), "") << "one reader is nobody's news";
  FakeViewer second;
  auto two = subscribe_elsewhere(second);
  for (int step = 0; step < 4; ++step) pass(1s);
  EXPECT_EQ(readers(watching), R"([{"thread_id":1,"viewers":2}])");
  FakeViewer late;
  const auto again = subscribe(late, film_5);
  settle();
  EXPECT_EQ(readers(late), R"([{"thread_id":1,"viewers":2}])") << "with the state";
  two.reset();
  for (int step = 0; step < 4; ++step) pass(1s);
  EXPECT_EQ(readers(watching), R"([{"thread_id":1,"viewers":2}][])");
}

TEST_F(TwoNodesTest, TypingIsToldOnBothNodesAndEnds) {
  backlog.commit(1);
  FakeViewer here;
  FakeViewer there;
  const auto one = subscribe(here);
  const auto two = subscribe_elsewhere(there);
  settle();
  pass(1s);
  other.hub.publish_typing(thread_1, "Veronika");
  settle();
  pass(1s);
  ASSERT_FALSE(here.of_type("presence").empty());
  EXPECT_EQ(here.of_type("presence").back().at("typing").as_array().at(0), "Veronika");
  pass(limits::typing_life);
  pass(1s);
  EXPECT_TRUE(here.of_type("presence").back().at("typing").as_array().empty());
}

TEST_F(HubTest, ASingleViewerIsNotToldOfItself) {
  backlog.commit(1);
  FakeViewer viewer;
  const auto subscription = subscribe(viewer);
  settle();
  advance(5s);
  EXPECT_TRUE(viewer.of_type("presence").empty());
}

TEST_F(HubTest, AFilmChannelAnswersWithoutSeqAndSendsItsStateOnce) {
  backlog.films[5] = 1;
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, film_5);
  settle();
  ASSERT_EQ(viewer.messages.size(), 2U);
  EXPECT_EQ(viewer.messages[0].at("type"), "subscribed");
  EXPECT_FALSE(viewer.messages[0].contains("seq"));
  EXPECT_EQ(viewer.messages[1].at("state"), 1);
}

TEST_F(HubTest, DoorbellsMakeAtMostOneReadASecondAndTheLastStateAlwaysComes) {
  backlog.films[5] = 1;
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, film_5);
  settle();
  advance(2s);
  const int reads = backlog.snapshot_reads;
  for (int ring = 0; ring < 30; ++ring) {
    backlog.films[5] = 100 + ring;
    node.hub.publish(News{{}, {film_5}});
    settle();
    advance(100ms);
  }
  EXPECT_LE(backlog.snapshot_reads - reads, 4);
  advance(1s);
  EXPECT_EQ(viewer.messages.back().at("state"), 129);
  const int after = backlog.snapshot_reads;
  advance(10s);
  EXPECT_EQ(backlog.snapshot_reads, after) << "silence costs nothing";
}

TEST_F(HubTest, AfterASlowReadTheNextStateComesASecondLaterAllTheSame) {
  backlog.films[5] = 1;
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, film_5);
  settle();
  advance(2s);  // read once more, as the topic is heard by then
  advance(2s);
  const auto ring = [&](int state) {
    backlog.films[5] = state;
    node.hub.publish(News{{}, {film_5}});
    context.restart();
    context.poll();
    node.hub.run_due();
  };
  ring(2);
  ASSERT_EQ(backlog.answers.size(), 1U);
  ring(3);
  clock.advance(900ms);
  settle();
  EXPECT_EQ(viewer.messages.back().at("state"), 2);
  advance(900ms);
  EXPECT_EQ(viewer.messages.back().at("state"), 2);
  advance(100ms);
  EXPECT_EQ(viewer.messages.back().at("state"), 3);
}

TEST_F(HubTest, ALostDoorbellIsMadeGoodAndAnUnchangedStateIsNotSentAgain) {
  backlog.films[5] = 1;
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, film_5);
  settle();
  const std::size_t told = viewer.messages.size();
  for (auto passed = 0s; passed < 3 * limits::snapshot_refresh; passed += 1s) {
    advance(1s);
  }
  EXPECT_EQ(viewer.messages.size(), told);
  backlog.films[5] = 2;  // its node died before it rang
  for (auto passed = 0s; passed < limits::snapshot_refresh; passed += 1s) {
    advance(1s);
  }
  EXPECT_EQ(viewer.messages.back().at("state"), 2);
  EXPECT_EQ(viewer.messages.size(), told + 1);
}

TEST_F(HubTest, ASecondViewerOfAFilmGetsTheStateFromMemory) {
  backlog.films[5] = 1;
  FakeViewer first;
  const auto one = subscribe(first, film_5);
  settle();
  advance(2s);
  const int reads = backlog.snapshot_reads;
  FakeViewer second;
  const auto two = subscribe(second, film_5);
  ASSERT_EQ(second.messages.size(), 2U);
  EXPECT_EQ(second.messages[1].at("state"), 1);
  EXPECT_EQ(backlog.snapshot_reads, reads);
}

TEST_F(HubTest, AStateThatNobodyWasShownForLongIsReadAnewForTheNext) {
  backlog.films[5] = 1;
  node.hub.listen(film_5);  // as for a page that is kept: the channel stays, and is not read
  FakeViewer first;
  auto one = subscribe(first, film_5);
  settle();
  one.reset();
  node.hub.listen(film_5);
  advance(limits::snapshot_refresh + 1s);
  backlog.films[5] = 2;
  FakeViewer second;
  const auto two = subscribe(second, film_5);
  settle();
  ASSERT_EQ(second.messages.size(), 2U);
  EXPECT_EQ(second.messages[1].at("state"), 2);
}

TEST_F(HubTest, WhileTheBusIsAwaySnapshotsAreReadByTheClock) {
  backlog.films[0] = 1;
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, front);
  settle();
  advance(3s);
  node.bus.cut();
  settle();
  backlog.films[0] = 2;
  advance(2s);
  EXPECT_EQ(viewer.messages.back().at("state"), 2);
  backlog.films[0] = 3;
  advance(2s);
  EXPECT_EQ(viewer.messages.back().at("state"), 3);
}

TEST_F(HubTest, AnUnknownFilmIsRefused) {
  FakeViewer viewer;
  auto subscription = subscribe(viewer, film_5);
  viewer.when_refused = [&subscription] { subscription.reset(); };
  settle();
  ASSERT_EQ(viewer.refusals.size(), 1U);
  EXPECT_EQ(viewer.refusals[0].second, ErrorCode::not_found);
  EXPECT_EQ(node.hub.channels(), 0U);
}

TEST_F(HubTest, AStateThatCannotBeReadIsReadAgain) {
  backlog.films[5] = 1;
  FakeViewer viewer;
  const auto subscription = subscribe(viewer, film_5);
  settle();
  advance(2s);
  backlog.away = true;
  backlog.films[5] = 2;
  node.hub.publish(News{{}, {film_5}});
  settle();
  advance(1s);
  backlog.away = false;
  advance(2s);
  EXPECT_EQ(viewer.messages.back().at("state"), 2);
}

}  // namespace
}  // namespace foyer::live
