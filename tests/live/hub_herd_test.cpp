// Many who come back to one channel, each from a position of its own, and few reads for all of them.
#include <random>

#include "tests/live/hub_fixture.hpp"

namespace foyer::live {
namespace {

class HubHerdTest : public HubTest {
 protected:
  struct Reader {
    FakeViewer viewer;
    std::unique_ptr<Subscription> subscription;
  };
  // The worst order: everybody comes when the one before has been served.
  void come_one_by_one(int count, std::int64_t oldest, std::int64_t head) {
    for (; count > 0; --count) {
      const std::int64_t since = oldest + static_cast<std::int64_t>(random_() % static_cast<unsigned>(head - oldest));
      Reader reader;
      reader.subscription = subscribe(reader.viewer, thread_1, since);
      settle();
      ASSERT_EQ(reader.viewer.seqs, range(since + 1, head));
    }
  }
  std::mt19937 random_{7};
};

TEST_F(HubHerdTest, LatecomersAreServedFromWhatWasReadForOthers) {
  backlog.commit_many(1, 1'000);
  Reader first;
  first.subscription = subscribe(first.viewer);
  settle();
  come_one_by_one(300, 0, 1'000);
  EXPECT_LE(backlog.event_reads, 5);
}

TEST_F(HubHerdTest, WhoIsAFewEventsLateCostsAReadOfThose) {
  backlog.commit_many(1, 1'000);
  Reader first;
  first.subscription = subscribe(first.viewer);
  settle();
  Reader late;
  late.subscription = subscribe(late.viewer, thread_1, 990);
  settle();
  EXPECT_EQ(late.viewer.seqs, range(991, 1'000));
  EXPECT_EQ(backlog.event_reads, 1);
  EXPECT_EQ(backlog.events_read, 10);
}

TEST_F(HubHerdTest, AHistoryThatTheRingCannotHoldIsReadForwards) {
  backlog.commit_many(1, 1'000);
  for (EncodedEvent& event : backlog.logs[1]) {
    event.json.insert(event.json.size() - 4, std::string(2'000, 'x'));
  }
  Reader reader;
  reader.subscription = subscribe(reader.viewer, thread_1, 0);
  while (reader.viewer.seqs.size() < 1'000 && backlog.event_reads < 20) {
    settle();
    reader.viewer.waiting = 0;
    reader.subscription->resume();
  }
  EXPECT_EQ(reader.viewer.seqs, range(1, 1'000));
  EXPECT_LE(backlog.event_reads, 10);
}

// Newer events in the ring than in the page make the page useless for the ring, again and again.
TEST_F(HubHerdTest, ALongHistoryIsServedAlsoWhileEventsPourIn) {
  backlog.commit_many(1, 900);
  Reader first;
  first.subscription = subscribe(first.viewer);
  settle();
  Reader late;
  late.subscription = subscribe(late.viewer, thread_1, 10);
  for (int number = 0; number < 40; ++number) {
    node.hub.publish(News{{backlog.commit(1)}, {}});
    context.restart();
    context.poll();  // the event arrives before the page that was asked for
    backlog.answer_one();
  }
  settle();
  EXPECT_EQ(late.viewer.seqs, range(11, 940));
}

}  // namespace
}  // namespace foyer::live
