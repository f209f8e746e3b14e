// What the page cache asks the hub: where a channel stands, as long as this node hears all its news.
#include "protocol/limits.hpp"
#include "tests/live/hub_fixture.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

constexpr Channel film_3{ChannelKind::film, 3};

class HubVersionTest : public HubTest {
 protected:
  std::optional<std::int64_t> version(Channel channel = thread_1) {
    node.hub.listen(channel);
    const auto heard = node.hub.heard_version(channel);
    settle();
    return heard;
  }
};

TEST_F(HubVersionTest, OfAThreadIsItsSeqOnceTheNodeListens) {
  backlog.commit_many(1, 4);
  EXPECT_EQ(version(), std::nullopt);
  EXPECT_EQ(version(), 4);
  post();
  EXPECT_EQ(version(), 5);
  EXPECT_EQ(node.hub.figures().subscriptions, 0u) << "listening counts as no viewer";
}

TEST_F(HubVersionTest, AskingOpensNoChannel) {
  EXPECT_EQ(node.hub.heard_version(film_3), std::nullopt);
  EXPECT_EQ(node.hub.channels(), 0u);
}

TEST_F(HubVersionTest, IsUncertainFromTheCommitOnThisNodeUntilTheNewsComeBack) {
  backlog.commit(1);
  version();
  node.hub.publish(News{{backlog.commit(1, 77, "post.removed")}, {}});
  EXPECT_EQ(node.hub.heard_version(thread_1), std::nullopt);
  settle();
  EXPECT_EQ(node.hub.heard_version(thread_1), 2);
}

TEST_F(HubVersionTest, IsUncertainWhileTheBusIsAwayAndUntilPostgresHasSaidWhatWasMissed) {
  backlog.commit(1);
  version();
  EXPECT_EQ(version(), 1);
  node.bus.cut();
  EXPECT_EQ(version(), std::nullopt);
  backlog.commit(1);
  node.bus.restore();
  EXPECT_EQ(node.hub.heard_version(thread_1), std::nullopt);
  settle();
  advance(limits::sequencer_hole_time);
  EXPECT_EQ(version(), 2);
}

TEST_F(HubVersionTest, IsUncertainWhenPostgresIsAheadOfTheBus) {
  backlog.commit(1);
  version();
  EXPECT_EQ(version(), 1);
  backlog.commit(1);  // its news are lost
  advance(limits::head_check_every);
  EXPECT_NE(version(), 1);
  advance(limits::sequencer_hole_time);
  EXPECT_EQ(version(), 2);
}

TEST_F(HubVersionTest, OfASnapshotChannelGoesUpWithEachDoorbellAndEachChangeOfThisNode) {
  EXPECT_EQ(version(film_3), std::nullopt);
  const auto first = version(film_3);
  ASSERT_TRUE(first);
  EXPECT_EQ(version(film_3), first);
  node.hub.publish(News{{}, {film_3}});
  const auto at_once = node.hub.heard_version(film_3);
  EXPECT_NE(at_once, first);
  settle();
  EXPECT_NE(version(film_3), at_once) << "the doorbell of the bus counts too: it may be another node's";
  node.bus.cut();
  EXPECT_EQ(version(film_3), std::nullopt);
  EXPECT_EQ(backlog.snapshot_reads, 0) << "nobody watches";
}

TEST_F(HubVersionTest, AChannelThatNobodyAsksForAnyMoreIsLeft) {
  backlog.commit(1);
  version();
  EXPECT_EQ(node.hub.channels(), 1u);
  advance(limits::page_listening / 2 + 1s);
  version();
  advance(limits::page_listening / 2 + 1s);
  EXPECT_EQ(node.hub.channels(), 1u) << "it was asked for meanwhile";
  advance(limits::page_listening);
  EXPECT_EQ(node.hub.channels(), 0u);
}

}  // namespace
}  // namespace foyer::live
