// A seeded random walk of nodes, subscriptions and removals, held to a plain oracle that remembers everything about
// every screen: what each got, how, what it acknowledged, whether it left.
#include <algorithm>
#include <map>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "server/live/reach_ledger.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t threads = 2;

struct Got {
  Seq seq;
  bool live = false;
  bool acknowledged = false;
};
struct Screen {
  ThreadId thread;
  std::size_t node = 0;
  ReachMark mark;
  Seq sent;
  bool here = true;
  std::vector<Got> removals;
};
struct Thread {
  Seq head;
  std::vector<Removal> removals;
};

class ReachWalk {
 public:
  explicit ReachWalk(std::uint64_t seed) : random_(seed) {
    while (nodes_.size() < 3) {
      start_node();
    }
  }

  void step() {
    now_ += std::chrono::milliseconds(below(300));
    switch (below(10)) {
      case 0:
      case 1:
        happen();
        break;
      case 2:
      case 3:
        come();
        break;
      case 4:
        leave();
        break;
      case 5:
      case 6:
      case 7:
        acknowledge();
        break;
      case 8:
        read_history();
        break;
      default:
        break;
    }
    talk();
  }

  void settle() {
    for (int turn = 0; turn < 100; ++turn) {
      now_ += 200ms;
      talk();
    }
  }

  // Its screens are cut with it and nobody hears that; another process takes its place.
  void replace_a_node() {
    settle();
    const auto index = static_cast<std::size_t>(below(static_cast<std::int64_t>(nodes_.size())));
    for (Screen& screen : screens_) {
      screen.here = screen.here && screen.node != index;
    }
    dead_.push_back(index);
    nodes_.at(index) = std::make_unique<ReachLedger>(++last_number_);
    nodes_.at(index)->connect(now_);
    settle();
  }

  void check() {
    for (const Thread& thread : threads_) {
      for (const Removal& removal : thread.removals) {
        const ReachView expected = plain(removal);
        for (std::size_t index = 0; index < nodes_.size(); ++index) {
          const bool came_later = std::ranges::find(dead_, index) != dead_.end();
          if (!came_later) {  // what a dead node counted is not told to those that start after it
            ASSERT_EQ(nodes_[index]->find(removal.post, now_), expected)
                << "removal " << removal.seq.value << " on node " << index;
          }
        }
        ASSERT_LE(expected.gone + expected.offline, expected.screens);
        counted += expected.gone;
      }
    }
  }

  std::int64_t counted = 0;

 private:
  std::int64_t below(std::int64_t bound) { return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random_); }

  void start_node() {
    nodes_.push_back(std::make_unique<ReachLedger>(++last_number_));
    nodes_.back()->connect(now_);
  }

  // An event; every second one removes a post. Live subscriptions get it at once.
  void happen() {
    const ThreadId id{1 + below(threads)};
    Thread& thread = threads_[id.value - 1];
    ++thread.head.value;
    std::vector<std::size_t> delivered(nodes_.size());
    const bool removes = below(2) == 0 && thread.removals.size() < limits::reach_removals / 4;
    for (Screen& screen : screens_) {
      if (screen.here && screen.thread == id && screen.mark.live_from) {
        screen.sent = thread.head;
        if (removes) {
          screen.removals.push_back({.seq = thread.head, .live = true});
          ++delivered[screen.node];
        }
      }
    }
    if (!removes) {
      return;
    }
    thread.removals.push_back({id, thread.head, PostId{++last_post_}});
    nodes_[static_cast<std::size_t>(below(static_cast<std::int64_t>(nodes_.size())))]->note(thread.removals.back(),
                                                                                            now_);
    for (std::size_t index = 0; index < nodes_.size(); ++index) {
      nodes_[index]->deliver(thread.removals.back(), delivered[index], now_);
    }
  }

  void come() {
    Screen screen;
    screen.thread = ThreadId{1 + below(threads)};
    screen.node = static_cast<std::size_t>(below(static_cast<std::int64_t>(nodes_.size())));
    const Thread& thread = threads_[screen.thread.value - 1];
    screen.mark.since = Seq{std::max<std::int64_t>(0, thread.head.value - below(6))};
    screen.sent = screen.mark.since;
    screens_.push_back(std::move(screen));
    if (below(2) == 0) {
      read(screens_.back());
    }
  }

  // Some of its history, or all: then it is live.
  void read(Screen& screen) {
    const Thread& thread = threads_[screen.thread.value - 1];
    const Seq from = screen.sent;
    screen.sent = Seq{std::min(thread.head.value, screen.sent.value + 1 + below(8))};
    for (const Removal& removal : thread.removals) {
      if (removal.seq > from && removal.seq <= screen.sent) {
        screen.removals.push_back({.seq = removal.seq});
      }
    }
    if (screen.sent == thread.head) {
      screen.mark.live_from = screen.sent;
    }
  }

  Screen* any_screen() {
    if (screens_.empty()) {
      return nullptr;
    }
    Screen& screen = screens_[static_cast<std::size_t>(below(static_cast<std::int64_t>(screens_.size())))];
    return screen.here ? &screen : nullptr;
  }

  void read_history() {
    if (Screen* screen = any_screen(); screen && !screen->mark.live_from) {
      read(*screen);
    }
  }

  // As clients do after a removal: what it has come to, too little, too much, again. A first one that reaches no
  // removal is another rule's, see reach_ledger_test.
  void acknowledge() {
    Screen* screen = any_screen();
    if (!screen) {
      return;
    }
    const Seq seq{std::max<std::int64_t>(1, screen->sent.value + 1 - below(4))};
    const bool reaches = std::ranges::any_of(screen->removals, [&](const Got& got) { return got.seq <= seq; });
    if (!screen->mark.acknowledged && !reaches) {
      return;
    }
    for (Got& got : screen->removals) {
      got.acknowledged = got.acknowledged || got.seq <= seq;
    }
    nodes_[screen->node]->acknowledge(screen->thread, screen->mark, seq, screen->sent);
  }

  void leave() {
    if (Screen* screen = any_screen()) {
      screen->here = false;
      nodes_[screen->node]->leave(screen->thread, screen->mark, screen->sent);
    }
  }

  // One message in eight is lost on its way to each node, and with it maybe the next: never all that tell a thing.
  void talk() {
    for (const auto& from : nodes_) {
      const auto text = from->take_message(now_);
      for (const auto& to : nodes_) {
        int& lost = lost_[{from.get(), to.get()}];
        if (text && below(8) == 0 && lost < limits::reach_tellings - 2) {
          ++lost;
        } else if (text) {
          lost = 0;
          ASSERT_TRUE(to->hear(*text, now_));
        }
      }
    }
  }

  ReachView plain(const Removal& removal) const {
    std::int64_t delivered = 0;
    std::int64_t gone = 0;
    std::int64_t lost = 0;
    std::int64_t returned = 0;
    for (const Screen& screen : screens_) {
      for (const Got& got : screen.removals) {
        if (screen.thread == removal.thread && got.seq == removal.seq) {
          delivered += got.live ? 1 : 0;
          gone += got.acknowledged ? 1 : 0;
          returned += got.acknowledged && !got.live ? 1 : 0;
          lost += got.live && !got.acknowledged && !screen.here ? 1 : 0;
        }
      }
    }
    const std::int64_t unknown = std::max<std::int64_t>(0, returned - lost);
    return {delivered + unknown, gone, std::max<std::int64_t>(0, lost - returned)};
  }

  std::mt19937_64 random_;
  TimePoint now_ = TimePoint{} + 1h;
  std::uint64_t last_number_ = 0;
  std::int64_t last_post_ = 0;
  std::vector<std::unique_ptr<ReachLedger>> nodes_;
  std::map<std::pair<ReachLedger*, ReachLedger*>, int> lost_;  // in a row
  std::vector<std::size_t> dead_;
  std::vector<Screen> screens_;
  Thread threads_[threads];
};

TEST(ReachLedgerRandom, EveryNodeComesToWhatAPlainCountOfAllScreensSays) {
  std::int64_t counted = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    ReachWalk walk(seed);
    for (int part = 0; part < 4; ++part) {
      for (int step = 0; step < 250; ++step) {
        walk.step();
      }
      walk.settle();
      walk.check();
      ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed << ", part " << part;
      if (part == 2) {
        walk.replace_a_node();
        walk.check();
        ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed << ", after a death";
      }
    }
    counted += walk.counted;
  }
  EXPECT_GT(counted, 10'000);
}

}  // namespace
}  // namespace foyer::live
