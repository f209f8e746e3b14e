// Removing and restoring posts, and the audit log of both. Removing what is removed is a success without news.
#pragma once

#include "persistence/transaction.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/cursor.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// stale_revision when the request names another revision than the post has now; conflict for a post that its
// author deleted.
Result<Changed<PostView>> remove_post(persistence::Transaction& transaction, const Actor& actor, PostId post,
                                      const RemovePostRequest& request);
Result<Changed<PostView>> restore_post(persistence::Transaction& transaction, const Actor& actor, PostId post);
// Who may ask how far a removal has come, and of which post: moderators, of one that is removed (else conflict).
Result<void> may_read_reach(persistence::Transaction& transaction, const Actor& actor, PostId post);
Result<ListView<ModerationEntryView>> read_moderation_log(persistence::Transaction& transaction, const Actor& actor,
                                                          const ListRequest& list);

}  // namespace foyer::forum
