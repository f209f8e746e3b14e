// A seeded random walk of nodes, subscriptions and removals, held to a plain oracle that remembers everything about
// every screen: what each got, how, what it acknowledged, whether it left, and who says to be back.
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
constexpr std::int64_t buckets = 4;

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
  bool died = false;              // with its node
  bool subscribed_again = false;  // its socket goes on as another screen
  std::vector<Got> removals = {};
  Seq acknowledged = {};            // with what its socket acknowledged earlier
  std::optional<Seq> answers = {};  // for a removal from before
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
    switch (below(11)) {
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
      case 9:
        subscribe_again();
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
      screen.died = screen.died || (screen.here && screen.node == index);
      screen.here = screen.here && !screen.died;
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
        offline += expected.offline;
      }
    }
  }

  std::int64_t counted = 0;
  std::int64_t offline = 0;
  std::int64_t answered = 0;

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
    screen.mark.witness.bucket = static_cast<std::uint8_t>(below(buckets));
    begin(std::move(screen));
  }

  // With a page that was just loaded, or from somewhere in the history.
  void begin(Screen screen) {
    const Thread& thread = threads_[screen.thread.value - 1];
    screen.mark.came_back = below(4) != 0;
    screen.mark.since = Seq{std::max<std::int64_t>(0, thread.head.value - (screen.mark.came_back ? below(6) : 0))};
    screen.sent = screen.mark.since;
    screens_.push_back(std::move(screen));
    if (!screens_.back().mark.came_back) {
      screens_.back().mark.live_from = screens_.back().sent;
    } else if (below(2) == 0) {
      read(screens_.back());
    }
  }

  // The socket of one that left the channel.
  void subscribe_again() {
    if (screens_.empty()) {
      return;
    }
    Screen& left = screens_[static_cast<std::size_t>(below(static_cast<std::int64_t>(screens_.size())))];
    if (left.here || left.died || left.subscribed_again) {
      return;
    }
    left.subscribed_again = true;
    Screen screen{.thread = left.thread, .node = left.node, .mark = {.since = {}}, .sent = {}};
    screen.mark.witness = {left.mark.witness.bucket, left.acknowledged};
    screen.acknowledged = left.acknowledged;
    begin(std::move(screen));
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

  // As clients do after a removal: what it has come to, too little, too much, again.
  void acknowledge() {
    Screen* screen = any_screen();
    if (!screen) {
      return;
    }
    const Seq seq{std::max<std::int64_t>(1, screen->sent.value + 1 - below(4))};
    const bool reaches = std::ranges::any_of(screen->removals, [&](const Got& got) { return got.seq <= seq; });
    if (!screen->mark.acknowledged && !reaches && screen->mark.came_back) {
      for (const Removal& removal : threads_[screen->thread.value - 1].removals) {
        if (removal.seq <= std::min(seq, screen->mark.since)) {
          screen->answers = removal.seq;
        }
      }
      if (screen->answers && *screen->answers <= screen->mark.witness.earlier) {
        screen->answers.reset();
      }
      answered += screen->answers ? 1 : 0;
    }
    screen->acknowledged = std::max({screen->acknowledged, screen->mark.since, std::min(seq, screen->sent)});
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

  struct Sums {
    std::int64_t away = 0;
    std::int64_t returned = 0;
    std::int64_t at = 0;
    std::int64_t above = 0;
  };

  static void take_in(ReachView& view, std::int64_t& cut_off, Sums& sums, const Screen& screen, Seq removal) {
    for (const Got& got : screen.removals) {
      const bool counts = got.live || got.seq > screen.mark.witness.earlier;
      if (got.seq == removal && counts) {
        view.screens += got.live ? 1 : 0;
        view.gone += got.acknowledged ? 1 : 0;
        sums.returned += got.acknowledged && !got.live ? 1 : 0;
        const bool lost = got.live && !got.acknowledged && !screen.here;
        sums.away += lost && !screen.died ? 1 : 0;
        cut_off += lost && screen.died ? 1 : 0;
      }
    }
    if (screen.answers == removal) {
      ++(screen.mark.since == removal ? sums.at : sums.above);
    }
  }

  // Each that is back takes the place of one that is away, as long as there is one for whom it can speak.
  ReachView plain(const Removal& removal) const {
    ReachView view{};
    std::int64_t cut_off = 0;
    Sums sums[buckets];
    for (const Screen& screen : screens_) {
      if (screen.thread == removal.thread) {
        take_in(view, cut_off, sums[screen.mark.witness.bucket], screen, removal.seq);
      }
    }
    const auto replace = [](std::int64_t& away, std::int64_t& back) {
      std::int64_t replaced = 0;
      for (; away > 0 && back > 0; --away, --back) {
        ++replaced;
      }
      return replaced;
    };
    for (Sums& bucket : sums) {
      replace(bucket.away, bucket.returned);
      view.gone += replace(bucket.away, bucket.above);
      view.gone += replace(bucket.away, bucket.at);
      view.offline += bucket.away;
    }
    for (Sums& bucket : sums) {
      replace(cut_off, bucket.returned);
      view.screens += bucket.returned;
    }
    for (Sums& bucket : sums) {
      view.gone += replace(cut_off, bucket.at);
    }
    view.offline += cut_off;
    return view;
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
  std::int64_t offline = 0;
  std::int64_t answered = 0;
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
    offline += walk.offline;
    answered += walk.answered;
  }
  EXPECT_GT(counted, 10'000);
  EXPECT_GT(offline, 10'000);
  EXPECT_GT(answered, 1'000);
}

}  // namespace
}  // namespace foyer::live
