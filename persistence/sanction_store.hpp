// Sanctions in force: one of a kind per member. Those that have ended by themselves count as gone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"

namespace foyer::persistence {

struct NewSanction {
  UserId member;
  SanctionKind kind = SanctionKind::silence;
  std::optional<Timestamp> until;
  std::string reason;
  UserId moderator;
};

// In the place of the one of the same kind that the member may have.
void put_sanction(Transaction& transaction, const NewSanction& sanction);
// Both kinds. False when there was none.
bool lift_sanctions(Transaction& transaction, UserId member);
// The heaviest in force.
std::optional<SanctionRow> find_sanction(Transaction& transaction, UserId member);

}  // namespace foyer::persistence
