// What a store throws when the world is broken. Expected outcomes (not found, name taken) are values instead.
// The edges map DatabaseAway and DatabaseBusy to 503 with Retry-After and everything else to 500.
#pragma once

#include <stdexcept>

namespace foyer::persistence {

// No connection could be had or the connection broke; nothing was committed unless CommitInDoubt.
struct DatabaseAway : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The connection broke during COMMIT: the outcome is unknown. A retry with the same Idempotency-Key answers it.
struct CommitInDoubt : DatabaseAway {
  using DatabaseAway::DatabaseAway;
};

// A statement or lock time-out, a deadlock or a serialization failure that retries did not cure.
struct DatabaseBusy : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A deadlock or a serialization failure: the same work, done again at once, may succeed.
struct DatabaseConflict : DatabaseBusy {
  using DatabaseBusy::DatabaseBusy;
};

// Anything else PostgreSQL refused: our bug.
struct DatabaseFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace foyer::persistence
