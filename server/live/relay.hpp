// Compares the heads of live channels with PostgreSQL, so that an event which was committed and never published
// (its node died, Redis was away) reaches every subscriber all the same. Channels that somebody waits for are
// asked at once and together; all silent ones in turn, a batch at a time. I/O thread only.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "protocol/limits.hpp"
#include "server/live/backlog_reader.hpp"
#include "server/live/backoff.hpp"
#include "server/live/live_clock.hpp"

namespace foyer::live {

class HeadListener {
 public:
  virtual std::vector<ThreadId> silent_threads(TimePoint now) = 0;
  // Nothing inside: there is no such thread.
  virtual void on_head(ThreadId thread, const Result<std::optional<Seq>>& head) = 0;

 protected:
  ~HeadListener() = default;
};

class Relay {
 public:
  Relay(BacklogReader& backlog, LiveClock& clock, HeadListener& listener);

  // The answer comes from a read that began after this call.
  void want(ThreadId thread);
  void on_time(TimePoint now);
  std::optional<TimePoint> due() const;

 private:
  void read_wanted();
  void read_silent();
  void read(std::vector<ThreadId> threads, void (Relay::*then)(bool succeeded));
  void after_wanted(bool succeeded);
  void after_silent(bool succeeded);
  void report(const std::vector<ThreadId>& asked, const Result<std::vector<forum::Head>>& heads);

  BacklogReader& backlog_;
  LiveClock& clock_;
  HeadListener& listener_;

  std::set<ThreadId> wanted_;
  bool reading_wanted_ = false;

  std::vector<ThreadId> round_;  // what is left of the present round through the silent channels
  bool reading_round_ = false;
  TimePoint next_round_at_{};  // at first in the past: begin at once
  Backoff retry_{limits::live_read_retry_min, limits::live_read_retry_max};
  bool failing_ = false;
};

}  // namespace foyer::live
