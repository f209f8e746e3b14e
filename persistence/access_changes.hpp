// Whose rights have changed: a session or token ended, a role or sanction was changed. The rows are written by triggers
// (migration 0007), in the transaction of the change.
#pragma once

#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/ids.hpp"

namespace foyer::persistence {

// A snapshot of PostgreSQL in text, "xmin:xmax:running": which transactions had been visible to a reader.
struct AccessPosition {
  std::string snapshot = "1:1:";  // none
};

struct AccessChanges {
  AccessPosition position;    // to go on from
  std::vector<UserId> users;  // each once
  bool everybody = false;     // more than limits::rights_poll_changes, or a change that names nobody
};

// What was committed since `since` was read: each change once, in whatever order transactions commit.
AccessChanges read_access_changes(Transaction& transaction, const AccessPosition& since);

}  // namespace foyer::persistence
