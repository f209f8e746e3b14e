#include "server/forum/reactions.hpp"

#include "persistence/post_store.hpp"
#include "persistence/reaction_store.hpp"
#include "server/forum/locked_post.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/thread_news.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

using Change = bool (*)(Transaction&, PostId, UserId, Reaction);

Result<Changed<PostView>> change_reaction(Transaction& transaction, const Actor& actor, PostId post,
                                          const std::string& name, Change change) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto reaction = reaction_from_word(name);
  if (!reaction) {
    return invalid_field("name", "out_of_range", "Must be like.");
  }
  const auto locked = lock_post(transaction, post);
  if (!locked) {
    return locked.error();
  }
  if (auto allowed = may_react(actor, *locked); !allowed) {
    return allowed.error();
  }
  if (!change(transaction, post, actor.user->id, *reaction)) {
    return Changed<PostView>{public_view(*locked), {}};
  }
  const auto row = persistence::find_post(transaction, post).value();
  return Changed<PostView>{public_view(row), post_news(transaction, row, EventKind::post_reacted)};
}

}  // namespace

Result<Changed<PostView>> add_reaction(Transaction& transaction, const Actor& actor, PostId post,
                                       const std::string& name) {
  return change_reaction(transaction, actor, post, name, persistence::add_reaction);
}

Result<Changed<PostView>> remove_reaction(Transaction& transaction, const Actor& actor, PostId post,
                                          const std::string& name) {
  return change_reaction(transaction, actor, post, name, persistence::remove_reaction);
}

Result<std::vector<PostId>> read_own_likes(Transaction& transaction, const Actor& actor, ThreadId thread,
                                           PostNumber after, int limit) {
  if (auto allowed = may_read_own(actor); !allowed) {
    return allowed.error();
  }
  const Result<PostList> posts = read_posts(transaction, thread, after, limit);
  if (!posts) {
    return posts.error();
  }
  return find_liked(transaction, actor, possibly_liked(actor, posts->items));
}

std::vector<PostId> possibly_liked(const Actor& actor, const std::vector<PostView>& posts) {
  std::vector<PostId> liked;
  for (const PostView& post : posts) {
    if (!actor.guest() && post.like_count > 0) {
      liked.push_back(post.id);
    }
  }
  return liked;
}

std::vector<PostId> find_liked(Transaction& transaction, const Actor& actor, const std::vector<PostId>& posts) {
  return persistence::find_reacted(transaction, actor.user->id, Reaction::like, posts);
}

}  // namespace foyer::forum
