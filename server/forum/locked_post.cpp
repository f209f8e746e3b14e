#include "server/forum/locked_post.hpp"

#include "persistence/locks.hpp"
#include "persistence/post_store.hpp"

namespace foyer::forum {

Error no_such_post() { return refused(ErrorCode::not_found, "There is no such post."); }

Result<persistence::PostRow> lock_post(persistence::Transaction& transaction, PostId post) {
  const auto seen = persistence::find_post(transaction, post);
  if (!seen || !persistence::lock_thread(transaction, seen->thread_id)) {
    return no_such_post();
  }
  auto row = persistence::find_post_for_update(transaction, post);
  if (!row) {
    return no_such_post();
  }
  return std::move(*row);
}

}  // namespace foyer::forum
