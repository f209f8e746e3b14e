// The bounded pool of PostgreSQL connections of one node and the three ways to use it. A broken connection is
// dropped and replaced by the next borrower, so a restarted PostgreSQL needs no restart here. Thread-safe; a
// call blocks its thread, so it is made on worker threads only.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>

#include "persistence/errors.hpp"
#include "persistence/transaction.hpp"

namespace foyer::persistence {

struct DatabaseSettings {
  std::string url;              // libpq connection string or URI
  std::size_t connections = 6;  // at most; a borrower waits for a free one at most 2 s, then DatabaseBusy
};

enum class DatabaseState {
  ready,         // PostgreSQL answers and has every migration this program knows
  away,          // it does not answer
  not_migrated,  // it answers, but a migration is missing
};

class Database {
 public:
  explicit Database(const DatabaseSettings& settings);  // connects lazily
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs job(Transaction&) and commits when it returns a result with a value (or a plain value). A deadlock or
  // serialization failure is tried again up to three times, so a job must have no other effect.
  template <class Job>
  auto write(Job&& job) -> std::invoke_result_t<Job&, Transaction&> {
    for (int attempt = 1;; ++attempt) {
      try {
        Transaction transaction{*pool_, Access::write};
        auto result = job(transaction);
        if (succeeded(result)) {
          transaction.commit();
        }
        return result;
      } catch (const DatabaseConflict&) {
        if (attempt == attempts_max) {
          throw;
        }
      }
    }
  }

  // Single statements, no transaction block.
  template <class Job>
  auto read(Job&& job) -> std::invoke_result_t<Job&, Transaction&> {
    Transaction transaction{*pool_, Access::read};
    return job(transaction);
  }

  // Several statements that must see one state.
  template <class Job>
  auto snapshot(Job&& job) -> std::invoke_result_t<Job&, Transaction&> {
    Transaction transaction{*pool_, Access::snapshot};
    return job(transaction);
  }

  // One round trip, for start and the readiness probe.
  DatabaseState state() noexcept;
  bool ready() noexcept { return state() == DatabaseState::ready; }

 private:
  static constexpr int attempts_max = 3;

  template <class Value>
  static bool succeeded(const Value& value) {
    if constexpr (requires { value.has_error(); }) {
      return !value.has_error();
    } else {
      return true;
    }
  }

  std::unique_ptr<ConnectionPool> pool_;
};

}  // namespace foyer::persistence
