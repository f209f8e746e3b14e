#include "server/live/relay.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "protocol/errors.hpp"
#include "server/runtime/log.hpp"

namespace foyer::live {

Relay::Relay(BacklogReader& backlog, LiveClock& clock, HeadListener& listener)
    : backlog_(backlog), clock_(clock), listener_(listener) {}

void Relay::want(ThreadId thread) {
  wanted_.insert(thread);
  read_wanted();
}

// One read at a time: whoever asks meanwhile travels together in the next one.
void Relay::read_wanted() {
  if (reading_wanted_ || wanted_.empty()) {
    return;
  }
  reading_wanted_ = true;
  std::vector<ThreadId> batch;
  while (!wanted_.empty() && batch.size() < limits::head_check_batch) {
    batch.push_back(wanted_.extract(wanted_.begin()).value());
  }
  read(std::move(batch), &Relay::after_wanted);
}

void Relay::after_wanted(bool) {
  reading_wanted_ = false;
  read_wanted();
}

void Relay::on_time(TimePoint now) {
  if (reading_round_ || now < next_round_at_) {
    return;
  }
  next_round_at_ = now + limits::head_check_every;
  round_ = listener_.silent_threads(now);
  read_silent();
}

void Relay::read_silent() {
  if (round_.empty()) {
    return;
  }
  reading_round_ = true;
  const auto size = static_cast<std::ptrdiff_t>(std::min(round_.size(), limits::head_check_batch));
  std::vector<ThreadId> batch(round_.end() - size, round_.end());
  round_.erase(round_.end() - size, round_.end());
  read(std::move(batch), &Relay::after_silent);
}

void Relay::after_silent(bool succeeded) {
  reading_round_ = false;
  if (succeeded) {
    retry_.reset();
    read_silent();
  } else {
    round_.clear();
    next_round_at_ = std::max(next_round_at_, clock_.now() + retry_.next());
  }
  if (!reading_round_) {
    clock_.wake_at(next_round_at_);
  }
}

std::optional<TimePoint> Relay::due() const { return reading_round_ ? std::nullopt : std::optional(next_round_at_); }

void Relay::read(std::vector<ThreadId> threads, void (Relay::*then)(bool succeeded)) {
  auto asked = threads;
  backlog_.read_heads(std::move(threads),
                      [this, then, asked = std::move(asked)](const Result<std::vector<forum::Head>>& heads) {
                        report(asked, heads);
                        (this->*then)(heads.has_value());
                      });
}

void Relay::report(const std::vector<ThreadId>& asked, const Result<std::vector<forum::Head>>& heads) {
  if (heads.has_error() != failing_) {
    failing_ = heads.has_error();
    runtime::log(failing_ ? runtime::LogLevel::warning : runtime::LogLevel::info,
                 failing_ ? "live heads cannot be read" : "live heads are read again");
  }
  if (heads.has_error()) {
    for (const ThreadId thread : asked) {
      listener_.on_head(thread, heads.error());
    }
    return;
  }
  std::unordered_map<ThreadId, Seq> known;
  for (const forum::Head& head : *heads) {
    known.emplace(head.thread, head.seq);
  }
  for (const ThreadId thread : asked) {
    const auto found = known.find(thread);
    listener_.on_head(thread, found == known.end() ? std::nullopt : std::optional(found->second));
  }
}

}  // namespace foyer::live
