// Turns a broken database into an expected refusal: 503 with Retry-After. Every job that the edges hand to a
// worker is wrapped in it; what remains an exception is a bug.
#pragma once

#include <utility>

#include "persistence/errors.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

inline Error database_unavailable(std::string detail) {
  Error error = refused(ErrorCode::unavailable, std::move(detail));
  error.retry_after_seconds = 2;
  return error;
}

// A post that the writer holds and has not answered in time.
inline Error outcome_unknown() {
  return database_unavailable("The outcome is not known yet: try again with the same key, or look before you do.");
}

template <class Job>
auto guarded(Job job) {
  return [job = std::move(job)]() mutable -> decltype(job()) {
    try {
      return job();
    } catch (const persistence::CommitInDoubt&) {
      return database_unavailable("The database went away while saving; it is not known whether it was saved.");
    } catch (const persistence::DatabaseAway&) {
      return database_unavailable("The database cannot be reached at the moment.");
    } catch (const persistence::DatabaseBusy&) {
      return database_unavailable("The database has too much to do at the moment.");
    }
  };
}

}  // namespace foyer::forum
