// Who may do what, and the one predicate of visibility that pages, API, feeds, replay and live all use.
// Pure functions.
#pragma once

#include "persistence/rows.hpp"
#include "protocol/channel.hpp"
#include "protocol/result.hpp"
#include "protocol/timestamp.hpp"
#include "server/forum/actor.hpp"

namespace foyer::forum {

// What every reader may see of a post: a removed or deleted post keeps its place and loses its text, for
// moderators too (they read it through history).
PostView public_view(const persistence::PostRow& row);
Event public_event(const persistence::EventRow& row);

// What only the member sees of themselves: for all but guests.
Result<void> may_read_own(const Actor& actor);
Result<void> may_post(const Actor& actor);
Result<void> may_edit(const Actor& actor, const persistence::PostRow& post, Timestamp now);
Result<void> may_delete(const Actor& actor, const persistence::PostRow& post, Timestamp now);
Result<void> may_react(const Actor& actor, const persistence::PostRow& post);
Result<void> may_read_history(const Actor& actor, const persistence::PostRow& post);
Result<void> may_moderate(const Actor& actor);
// Moderators about members, admins about moderators too; nobody about admins or themselves.
Result<void> may_sanction(const Actor& actor, const UserView& member);
Result<void> may_subscribe(const Actor& actor, Channel channel);

}  // namespace foyer::forum
