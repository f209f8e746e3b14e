#include "tests/support/services.hpp"

#include <thread>

#include "tests/support/child_process.hpp"

namespace foyer::testing {

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

PostgresServer& shared_postgres() {
  static PostgresServer server;
  return server;
}

RedisServer& shared_redis() {
  static RedisServer server;
  return server;
}

}  // namespace foyer::testing
