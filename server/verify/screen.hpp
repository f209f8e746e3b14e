// The oracle of the promise, without I/O: what one client has seen of one thread, what it must therefore hold, and
// which holes, doubles and disorder it met on the way. Counts and goes on after a fault, so that one run names all.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "protocol/events.hpp"

namespace foyer::verify {

using TimePoint = std::chrono::steady_clock::time_point;

struct Sighting {
  std::shared_ptr<const Event> event;
  TimePoint at;
  bool live = false;  // arrived while the client was there, not by catch-up
};

struct ScreenFaults {
  std::int64_t doubled = 0;
  std::int64_t disordered = 0;        // came after a later one
  std::int64_t needless_resyncs = 0;  // refused a catch-up that the contract owes
  std::int64_t wrong_heads = 0;       // a head below what the client already has
  std::vector<std::string> examples;  // at most limits::verify_named_breaches
};

class Screen {
 public:
  explicit Screen(ThreadId thread) : thread_(thread) {}

  // The page was loaded: posts and head of one moment. What comes before is no longer owed, but what a later event had
  // passed over stays missing.
  void load(Seq head, std::vector<PostView> posts);
  // The answer to a subscription from position(). `resync` means that a load must follow.
  void subscribed(Seq head, bool resync);
  void see(std::shared_ptr<const Event> event, TimePoint at);

  ThreadId thread() const { return thread_; }
  bool loaded() const { return loaded_; }
  Seq position() const { return Seq{position_}; }        // everything owed up to here was seen or is in missing()
  bool caught_up() const { return position_ >= head_; }  // with the head of the last subscription
  Seq begin() const { return Seq{begin_}; }              // events up to here came with the last load
  const std::set<std::int64_t>& missing() const { return missing_; }
  const std::vector<Sighting>& sightings() const { return sightings_; }
  const std::map<std::int64_t, std::shared_ptr<const PostView>>& posts() const { return posts_; }  // by number
  const ScreenFaults& faults() const { return faults_; }

 private:
  void note(std::int64_t& count, const std::string& words);
  void apply(const std::shared_ptr<const Event>& event);

  ThreadId thread_;
  bool loaded_ = false;
  std::int64_t begin_ = 0;
  std::int64_t position_ = 0;
  std::int64_t head_ = 0;
  std::set<std::int64_t> missing_;
  std::vector<Sighting> sightings_;
  std::map<std::int64_t, std::shared_ptr<const PostView>> posts_;
  ScreenFaults faults_;
};

}  // namespace foyer::verify
