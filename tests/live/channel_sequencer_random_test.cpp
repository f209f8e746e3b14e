// A seeded random walk through everything that can happen between PostgreSQL, the bus and the sequencer, held to
// one oracle: each seq once, in order, and in the end all of them.
#include <deque>
#include <random>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "server/live/channel_sequencer.hpp"

namespace foyer::live {
namespace {

class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed), head_at_start_(below(50)), committed_(head_at_start_) {
    delivered_ = committed_;
    sequencer_ = std::make_unique<ChannelSequencer>(Seq{committed_});
  }

  void step() {
    now_ += std::chrono::milliseconds(below(4));
    switch (below(12)) {
      case 0:
      case 1:
      case 2:
        commit();
        break;
      case 3:
      case 4:
      case 5:
      case 6:
        deliver_from_bus();
        break;
      case 7:
        announce();
        break;
      case 8:
        begin_read();
        break;
      case 9:
      case 10:
        end_read();
        break;
      default:
        offer_stray();
        break;
    }
    check();
  }

  // The bus falls silent; heads are compared and reads succeed: everything must come.
  void settle() {
    on_bus_.clear();
    for (int turn = 0; turn < 10'000 && (delivered_ < committed_ || sequencer_->behind()); ++turn) {
      now_ += std::chrono::milliseconds(50);
      sequencer_->announce(Seq{committed_}, now_);
      begin_read();
      finish_read();
      check();
    }
    ASSERT_EQ(delivered_, committed_);
    ASSERT_FALSE(sequencer_->behind());
  }

  std::int64_t delivered() const { return delivered_ - head_at_start_; }

 private:
  std::int64_t below(std::int64_t bound) { return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random_); }
  static std::string json(std::int64_t seq) { return "{" + std::to_string(seq) + "}"; }

  // Published: mostly once, sometimes never, twice, or late and out of order.
  void commit() {
    for (std::int64_t count = 1 + below(3); count > 0; --count) {
      ++committed_;
      for (std::int64_t copies = below(10) == 0 ? below(3) : 1; copies > 0; --copies) {
        const auto place = below(8) == 0 ? below(static_cast<std::int64_t>(on_bus_.size()) + 1)
                                         : static_cast<std::int64_t>(on_bus_.size());
        on_bus_.insert(on_bus_.begin() + place, committed_);
      }
    }
    if (below(200) == 0) {
      on_bus_.clear();  // the link was lost
    }
  }

  void deliver_from_bus() {
    for (std::int64_t count = 1 + below(4); count > 0 && !on_bus_.empty(); --count) {
      sequencer_->offer(Seq{on_bus_.front()}, json(on_bus_.front()), now_);
      on_bus_.pop_front();
    }
  }

  // A head from PostgreSQL, maybe of a while ago.
  void announce() {
    sequencer_->announce(Seq{std::max<std::int64_t>(0, committed_ - below(5))},
                         now_ + std::chrono::milliseconds(below(60)));
  }

  void begin_read() {
    if (const auto since = sequencer_->begin_read(now_)) {
      ASSERT_FALSE(reading_) << "a second read while one is under way";
      ASSERT_EQ(since->value, delivered_);
      reading_ = since;
      snapshot_ = committed_;
    }
  }

  void end_read() {
    if (reading_ && below(4) == 0) {
      sequencer_->fail_read(now_);
      reading_.reset();
    } else {
      finish_read();
    }
  }

  void finish_read() {
    if (!reading_) {
      return;
    }
    std::vector<EncodedEvent> events;
    const std::int64_t limit = 1 + below(20);
    for (std::int64_t seq = reading_->value + 1; seq <= snapshot_ && seq <= reading_->value + limit; ++seq) {
      events.push_back({Channel{ChannelKind::thread, 1}, Seq{seq}, json(seq)});
    }
    reading_.reset();
    sequencer_->accept_read(events, Seq{snapshot_}, now_);
  }

  // A number far beyond anything committed here: it must neither be delivered nor asked for for ever.
  void offer_stray() {
    if (below(50) == 0) {
      sequencer_->offer(Seq{committed_ + 1'000'000'000 + below(9)}, "{stray}", now_);
    }
  }

  void check() {
    for (const auto& item : sequencer_->take()) {
      ASSERT_EQ(item.seq.value, delivered_ + 1) << "a hole, a repeat or disorder";
      ASSERT_EQ(item.json, json(item.seq.value));
      ++delivered_;
    }
    ASSERT_LE(delivered_, committed_);
    ASSERT_EQ(sequencer_->head().value, delivered_);
    ASSERT_TRUE(reading_ || !sequencer_->behind() || sequencer_->due()) << "behind, and nothing will be read";
  }

  std::mt19937_64 random_;
  TimePoint now_ = TimePoint{} + std::chrono::hours(1);
  std::int64_t head_at_start_;
  std::int64_t committed_;
  std::int64_t delivered_ = 0;
  std::deque<std::int64_t> on_bus_;
  std::optional<Seq> reading_;
  std::int64_t snapshot_ = 0;
  std::unique_ptr<ChannelSequencer> sequencer_;
};

TEST(ChannelSequencerRandom, EverySeqOnceAndInOrderOverAMillionSteps) {
  std::int64_t delivered = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    World world(seed);
    for (int step = 0; step < 10'000; ++step) {
      world.step();
      ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed << ", step " << step;
    }
    world.settle();
    ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "seed " << seed;
    delivered += world.delivered();
  }
  EXPECT_GT(delivered, 300'000);
}

}  // namespace
}  // namespace foyer::live
