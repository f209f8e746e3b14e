// Reactions to posts. Members give and withdraw them as often as they like, also to their own posts and in locked
// threads: nothing is said by one that would have to be answered.
#pragma once

#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// `name` is the word of a reaction; there is one, "like". Doing either twice is a success without news.
Result<Changed<PostView>> add_reaction(persistence::Transaction& transaction, const Actor& actor, PostId post,
                                       const std::string& name);
Result<Changed<PostView>> remove_reaction(persistence::Transaction& transaction, const Actor& actor, PostId post,
                                          const std::string& name);

// The posts among the `limit` after this number that the actor likes, in order. unauthenticated for guests.
Result<std::vector<PostId>> read_own_likes(persistence::Transaction& transaction, const Actor& actor, ThreadId thread,
                                           PostNumber after, int limit);

// The posts that may have a like of the actor: for guests none, for members those with likes.
std::vector<PostId> possibly_liked(const Actor& actor, const std::vector<PostView>& posts);
// Those of them that the actor likes. Not for guests.
std::vector<PostId> find_liked(persistence::Transaction& transaction, const Actor& actor,
                               const std::vector<PostId>& posts);

}  // namespace foyer::forum
