// What the clients of the fault rig share: where the nodes are, what was acknowledged, when to stop, and the figures.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/oracle.hpp"

namespace foyer::testing {

// Every request is answered or its connection closed by then, or it counts as hung. A node that stands still for the
// longest strike is part of it.
inline constexpr std::chrono::milliseconds answer_bound{12'000};

class StopSignal {
 public:
  void give();
  bool given();
  // False when the signal comes before the time is over.
  bool pause(std::chrono::milliseconds time);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool given_ = false;
};

// Thread-safe.
class Ledger {
 public:
  void note_post(const AcknowledgedPost& post, const std::string& body);
  void note_edit(std::int64_t post, const std::string& body);
  void note_removal(std::int64_t post);
  void note_lock(std::int64_t thread, bool locked);
  // One of the posts that are known, by chance.
  std::optional<std::int64_t> any_post(std::mt19937_64& random);
  void fill(Evidence& evidence);

 private:
  std::mutex mutex_;
  std::vector<AcknowledgedPost> posts_;
  std::map<std::int64_t, std::string> bodies_;
  std::set<std::int64_t> removed_;
  std::map<std::int64_t, bool> locked_;
};

struct Figures {
  std::atomic<std::int64_t> posts_http = 0;
  std::atomic<std::int64_t> posts_socket = 0;
  std::atomic<std::int64_t> edits = 0;
  std::atomic<std::int64_t> removals = 0;
  std::atomic<std::int64_t> locks = 0;
  std::atomic<std::int64_t> retries = 0;
  std::atomic<std::int64_t> unfinished = 0;  // never acknowledged, though all was healed
  std::atomic<std::int64_t> unexpected = 0;  // answers that no fault explains
  std::atomic<std::int64_t> hung = 0;
  std::atomic<std::int64_t> connections = 0;  // of subscribers
  std::atomic<std::int64_t> events = 0;
  std::atomic<std::int64_t> longest_answer_ms = 0;
  std::atomic<std::int64_t> longest_refusal_ms = 0;  // of a write, from its first refusal to its acknowledgement

  void note_unexpected(const std::string& what);
  std::vector<std::string> surprises();  // the first of them

 private:
  std::mutex mutex_;
  std::vector<std::string> surprises_;
};

void raise_to(std::atomic<std::int64_t>& most, std::chrono::steady_clock::duration time);

struct Traffic {
  std::array<std::uint16_t, 2> ports{};
  std::vector<std::int64_t> threads;
  Ledger ledger;
  Figures figures;
  StopSignal enough;   // finish what is under way
  StopSignal give_up;  // and now stop
};

}  // namespace foyer::testing
