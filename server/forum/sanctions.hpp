// What moderators do to members rather than to posts: silence (may read, not write), ban (sessions and tokens are
// useless), lift (the end of both). Each is written into the moderation log. Those with an end stop by themselves.
// Whoever holds a socket of the member learns of it from the database (persistence/access_changes.hpp).
#pragma once

#include <optional>
#include <string>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"

namespace foyer::forum {

// A later one replaces the one of its kind; a ban also ends the member's sessions. conflict when there is nothing to
// lift.
Result<SanctionView> sanction_member(persistence::Transaction& transaction, const Actor& actor, const std::string& name,
                                     const SanctionRequest& request);

// The heaviest in force, for whoever may decide about the member; forbidden for others.
Result<std::optional<SanctionView>> read_sanction(persistence::Transaction& transaction, const Actor& actor,
                                                  const UserView& member);

// As the member reads it: "You are banned until 2026-12-24 18:00 UTC: spam".
std::string words_of(const persistence::SanctionRow& sanction);

}  // namespace foyer::forum
