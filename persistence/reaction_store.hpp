// Members' reactions to posts. The counts on the posts follow by themselves (0009_post_reactions.sql); the caller, who
// holds the post's row, reads it again and appends the event.
#pragma once

#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/ids.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

// False when it was there already.
bool add_reaction(Transaction& transaction, PostId post, UserId member, Reaction reaction);
// False when there was none.
bool remove_reaction(Transaction& transaction, PostId post, UserId member, Reaction reaction);

// Those of these posts that the member has reacted to, in order of id.
std::vector<PostId> find_reacted(Transaction& transaction, UserId member, Reaction reaction,
                                 const std::vector<PostId>& posts);

}  // namespace foyer::persistence
