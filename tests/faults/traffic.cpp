#include "tests/faults/traffic.hpp"

namespace foyer::testing {

void StopSignal::give() {
  {
    const std::lock_guard lock{mutex_};
    given_ = true;
  }
  changed_.notify_all();
}

bool StopSignal::given() {
  const std::lock_guard lock{mutex_};
  return given_;
}

bool StopSignal::pause(std::chrono::milliseconds time) {
  std::unique_lock lock{mutex_};
  return !changed_.wait_for(lock, time, [this] { return given_; });
}

void Ledger::note_post(const AcknowledgedPost& post, const std::string& body) {
  const std::lock_guard lock{mutex_};
  posts_.push_back(post);
  bodies_.emplace(post.post, body);
}

void Ledger::note_edit(std::int64_t post, const std::string& body) {
  const std::lock_guard lock{mutex_};
  bodies_[post] = body;
}

void Ledger::note_removal(std::int64_t post) {
  const std::lock_guard lock{mutex_};
  removed_.insert(post);
}

void Ledger::note_lock(std::int64_t thread, bool locked) {
  const std::lock_guard lock{mutex_};
  locked_[thread] = locked;
}

std::optional<std::int64_t> Ledger::any_post(std::mt19937_64& random) {
  const std::lock_guard lock{mutex_};
  if (posts_.empty()) {
    return std::nullopt;
  }
  return posts_[random() % posts_.size()].post;
}

void Ledger::fill(Evidence& evidence) {
  const std::lock_guard lock{mutex_};
  evidence.acknowledged = posts_;
  evidence.bodies = bodies_;
  evidence.removed = removed_;
  evidence.locked = locked_;
}

void Figures::note_unexpected(const std::string& what) {
  constexpr std::size_t kept = 10;
  ++unexpected;
  const std::lock_guard lock{mutex_};
  if (surprises_.size() < kept) {
    surprises_.push_back(what);
  }
}

std::vector<std::string> Figures::surprises() {
  const std::lock_guard lock{mutex_};
  return surprises_;
}

void raise_to(std::atomic<std::int64_t>& most, std::chrono::steady_clock::duration time) {
  const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  for (std::int64_t known = most; known < ms && !most.compare_exchange_weak(known, ms);) {
  }
}

}  // namespace foyer::testing
