// Two nodes under a seeded random storm: news lost on the bus, the bus cut, PostgreSQL away, viewers that come,
// come back anywhere in the history, go, and stop reading. The oracle is the contract: after its answer each
// subscription gets every event once and in order, and in the end all of them.
#include <random>

#include "protocol/limits.hpp"
#include "tests/live/hub_fixture.hpp"

namespace foyer::live {
namespace {

constexpr std::int64_t threads = 3;

struct Watcher {
  FakeViewer viewer;
  std::unique_ptr<Subscription> subscription;
  std::int64_t thread = 1;
  std::optional<std::int64_t> since;
  bool refused = false;

  // Where its events begin, or nothing as long as there is no answer.
  std::optional<std::int64_t> begins_after() const {
    const auto answers = viewer.of_type("subscribed");
    if (answers.empty()) {
      return std::nullopt;
    }
    const bool from_answer = !since || answers[0].contains("resync");
    return from_answer ? answers[0].at("seq").as_int64() : *since;
  }
};

class HubStorm {
 public:
  explicit HubStorm(std::uint64_t seed) : random_(seed) {
    exchange_.loses = [this](const std::string&) { return stormy_ && below(12) == 0; };
    for (std::int64_t thread = 1; thread <= threads; ++thread) {
      backlog_.commit_many(thread, below(1'200));
    }
  }

  void step() {
    switch (below(16)) {
      case 0:
      case 1:
      case 2:
        post();
        break;
      case 3:
        come();
        break;
      case 4:
        go();
        break;
      case 5:
        stop_or_go_on_reading();
        break;
      case 6:
        cut_or_restore();
        break;
      case 7:
        backlog_.away = below(3) == 0;
        break;
      case 8:
      case 9:
        time_passes(std::chrono::milliseconds(below(120)));
        break;
      case 10:
      case 11:
        backlog_.answer_one();
        break;
      default:
        poll_some();
        break;
    }
  }

  void calm_down() {
    stormy_ = false;
    backlog_.away = false;
    for (TestNode* node : nodes()) {
      node->bus.restore();
    }
    for (const auto& watcher : watchers_) {
      watcher->viewer.waiting = 0;
      if (watcher->subscription) {
        watcher->subscription->resume();
      }
    }
    for (int turn = 0; turn < 100; ++turn) {
      settle();
      time_passes(std::chrono::milliseconds(100));
    }
    settle();
  }

  void check_so_far() {
    for (const auto& watcher : watchers_) {
      const auto first = watcher->begins_after();
      ASSERT_TRUE(first || watcher->viewer.seqs.empty()) << "events before the answer";
      for (std::size_t index = 0; index < watcher->viewer.seqs.size(); ++index) {
        ASSERT_EQ(watcher->viewer.seqs[index], *first + 1 + static_cast<std::int64_t>(index))
            << "a hole, a repeat or disorder";
      }
    }
  }

  void check_complete() {
    for (const auto& watcher : watchers_) {
      if (watcher->refused) {
        continue;
      }
      const auto first = watcher->begins_after();
      ASSERT_TRUE(first) << "no answer";
      ASSERT_EQ(*first + static_cast<std::int64_t>(watcher->viewer.seqs.size()),
                static_cast<std::int64_t>(backlog_.logs[watcher->thread].size()))
          << "since " << watcher->since.value_or(-1) << ", thread " << watcher->thread;
      delivered += watcher->viewer.seqs.size();
    }
  }

  // Whoever comes now, from anywhere in the history, gets no text that was taken away.
  void check_texts() {
    for (TestNode* node : nodes()) {
      for (std::int64_t thread = 1; thread <= threads; ++thread) {
        const auto head = static_cast<std::int64_t>(backlog_.logs[thread].size());
        for (std::int64_t since = std::max<std::int64_t>(0, head - 60); since < head; since += 1 + below(5)) {
          FakeViewer viewer;
          const auto subscription = node->hub.subscribe(viewer, {1, Channel{ChannelKind::thread, thread}, Seq{since}});
          settle();
          ASSERT_EQ(viewer.seqs.size(), static_cast<std::size_t>(head - since));
          for (const auto& event : viewer.of_type("event")) {
            const auto& post = event.at("data").at("post");
            const std::string subject =
                std::to_string(thread) + R"( "post":{"id":)" + std::to_string(post.at("id").as_int64());
            ASSERT_TRUE(post.at("body").is_null() || !backlog_.removed[subject]) << subject << " since " << since;
            texts += post.at("body").is_null() ? 0U : 1U;
          }
        }
      }
    }
  }

  std::size_t delivered = 0;
  std::size_t texts = 0;

 private:
  std::int64_t below(std::int64_t bound) { return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random_); }
  std::vector<TestNode*> nodes() { return {&one_, &two_}; }
  TestNode& any_node() { return below(2) == 0 ? one_ : two_; }

  void post() {
    News news;
    const std::int64_t thread = 1 + below(threads);
    for (std::int64_t count = 1 + below(6); count > 0; --count) {
      news.events.push_back(backlog_.commit(thread, 1 + below(40), below(4) == 0 ? "post.removed" : "post.created"));
    }
    if (below(15) != 0) {  // else the node died before it published
      any_node().hub.publish(news);
    }
  }

  void come() {
    if (watchers_.size() > 60) {
      return;
    }
    auto watcher = std::make_unique<Watcher>();
    watcher->thread = 1 + below(threads);
    const auto head = static_cast<std::int64_t>(backlog_.logs[watcher->thread].size());
    if (below(4) != 0) {
      watcher->since = std::max<std::int64_t>(0, head + 2 - below(below(5) == 0 ? 1'100 : 60));
    }
    SubscribeFrame frame{1, Channel{ChannelKind::thread, watcher->thread}, std::nullopt};
    if (watcher->since) {
      frame.since = Seq{*watcher->since};
    }
    Watcher& kept = *watchers_.emplace_back(std::move(watcher));
    kept.subscription = any_node().hub.subscribe(kept.viewer, frame);
    kept.viewer.when_refused = [&kept] {
      kept.refused = true;
      kept.subscription.reset();
    };
  }

  void go() {
    if (!watchers_.empty() && below(3) == 0) {
      watchers_.erase(watchers_.begin() + below(static_cast<std::int64_t>(watchers_.size())));
    }
  }

  void stop_or_go_on_reading() {
    if (watchers_.empty()) {
      return;
    }
    Watcher& watcher = *watchers_[static_cast<std::size_t>(below(static_cast<std::int64_t>(watchers_.size())))];
    watcher.viewer.waiting = watcher.viewer.waiting == 0 ? limits::live_replay_bytes + 1 : 0;
    if (watcher.viewer.waiting == 0 && watcher.subscription) {
      watcher.subscription->resume();
    }
  }

  void cut_or_restore() {
    TestNode& node = any_node();
    if (below(8) == 0) {
      node.bus.cut();
    } else {
      node.bus.restore();
    }
  }

  void time_passes(std::chrono::milliseconds by) {
    clock_.advance(by);
    for (TestNode* node : nodes()) {
      node->hub.run_due();
    }
  }

  void poll_some() {
    context_.restart();
    for (std::int64_t count = below(20); count > 0; --count) {
      context_.poll_one();
    }
  }

  void settle() {
    bool busy = true;
    while (busy) {
      context_.restart();
      busy = context_.poll() > 0;
      busy = backlog_.answer_one() || busy;
    }
  }

  std::mt19937_64 random_;
  bool stormy_ = true;
  boost::asio::io_context context_;
  LoopbackExchange exchange_;
  FakeBacklog backlog_;
  ManualClock clock_;
  TestNode one_{context_, exchange_, backlog_, clock_, "node-1"};
  TestNode two_{context_, exchange_, backlog_, clock_, "node-2"};
  std::vector<std::unique_ptr<Watcher>> watchers_;
};

TEST(HubRandom, EverySubscriptionGetsEveryEventOnceAndInOrderWhateverFails) {
  std::size_t delivered = 0;
  std::size_t texts = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    HubStorm storm(seed);
    for (int step = 0; step < 1'500; ++step) {
      storm.step();
      if (step % 50 == 0) {
        storm.check_so_far();
        ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed << ", step " << step;
      }
    }
    storm.calm_down();
    storm.check_so_far();
    ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed;
    storm.check_complete();
    ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed;
    storm.check_texts();
    ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed;
    delivered += storm.delivered;
    texts += storm.texts;
  }
  EXPECT_GT(delivered, 50'000U);
  EXPECT_GT(texts, 10'000U);
}

}  // namespace
}  // namespace foyer::live
