// The sequencer between PostgreSQL and the bus, every step chosen by the bytes: publish, lose, repeat, reorder,
// announce, read holes with answers that come late, short or not at all. Each seq once, in order, in the end all.
#include <deque>

#include "server/live/channel_sequencer.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::live {
namespace {

using fuzz::require;

class World {
 public:
  explicit World(std::string_view bytes) : choices_(bytes), committed_(choices_.below(9)), delivered_(committed_) {}

  void run() {
    while (choices_.left()) {
      now_ += std::chrono::milliseconds(choices_.below(60));
      step();
      check();
    }
    answer(1'000);
    check();
    for (int turn = 0; turn < 2'000 && (delivered_ < committed_ || sequencer_.behind()); ++turn) {
      now_ += std::chrono::seconds(1);
      sequencer_.announce(Seq{committed_}, now_);
      ask();
      answer(1'000);
      check();
    }
    require(delivered_ == committed_ && !sequencer_.behind(), "in the end everything arrives");
  }

 private:
  void step() {
    switch (choices_.below(9)) {
      case 0:
        on_bus_.push_back(++committed_);
        break;
      case 1:
        ++committed_;  // never published
        break;
      case 2:
        offer(0, true);
        break;
      case 3:
        offer(choices_.below(16), true);  // out of order
        break;
      case 4:
        offer(choices_.below(16), false);  // and once more later
        break;
      case 5:
        sequencer_.announce(Seq{std::max<std::int64_t>(0, committed_ - choices_.below(9))}, now_);
        break;
      case 6:
        ask();
        break;
      case 7:
        answer(choices_.below(9));
        break;
      default:
        sequencer_.offer(Seq{committed_ + 1'000'000 + choices_.below(3)}, "{stray}", now_);
        break;
    }
  }
  static std::string json(std::int64_t seq) { return "{" + std::to_string(seq) + "}"; }
  void offer(std::int64_t place, bool taken) {
    if (place < static_cast<std::int64_t>(on_bus_.size())) {
      const std::int64_t seq = on_bus_[static_cast<std::size_t>(place)];
      sequencer_.offer(Seq{seq}, json(seq), now_);
      if (taken) on_bus_.erase(on_bus_.begin() + place);
    }
  }
  void ask() {
    if (const auto since = sequencer_.begin_read(now_)) {
      require(!reading_, "one read at a time");
      require(since->value == delivered_, "a hole is read from where it begins");
      reading_ = since;
      known_ = committed_;
    }
  }
  // With up to `most` events as of when the read began; none: it failed.
  void answer(std::int64_t most) {
    if (!reading_) {
      return;
    }
    const bool failing = most == 0;
    std::vector<EncodedEvent> events;
    for (auto seq = reading_->value + 1; seq <= known_ && most-- > 0; ++seq) {
      events.push_back({Channel{ChannelKind::thread, 1}, Seq{seq}, json(seq)});
    }
    reading_.reset();
    failing ? sequencer_.fail_read(now_) : sequencer_.accept_read(events, Seq{known_}, now_);
  }
  void check() {
    for (const auto& item : sequencer_.take()) {
      require(item.seq.value == ++delivered_, "each seq once and in order");
      require(item.json == json(delivered_), "each seq with its own event");
    }
    require(delivered_ <= committed_, "nothing that was never committed");
  }

  fuzz::Choices choices_;
  TimePoint now_ = TimePoint{} + std::chrono::hours(1);
  std::int64_t committed_;
  std::int64_t delivered_;
  std::deque<std::int64_t> on_bus_;
  std::optional<Seq> reading_;
  std::int64_t known_ = 0;
  ChannelSequencer sequencer_{Seq{committed_}};
};

FOYER_FUZZ_TARGET(channel_sequencer) { World(bytes.substr(0, 4096)).run(); }

}  // namespace
}  // namespace foyer::live
