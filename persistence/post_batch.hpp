// What a batch of new posts is to the database: two statements of one transaction, the first to lock the threads,
// the second to judge and write every post of the batch.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "persistence/post_store.hpp"
#include "persistence/transaction.hpp"
#include "protocol/errors.hpp"

namespace foyer::persistence {

struct PostOutcome {
  bool held = false;  // another transaction holds the thread's row: nothing is decided, see Locking::pass_over
  std::optional<Error> refusal;
  bool repeated = false;  // the key was used before: `post` is the first one in its present state
  PostRow post;
  Seq seq;
};

struct BatchOutcome {
  std::vector<PostOutcome> posts;  // in the order of the batch
  std::set<FilmId> films;          // of the threads that were posted to
  bool key_raced = false;          // another node used one of the keys meanwhile: nothing of this may be committed

  bool has_error() const { return key_raced; }  // Database::write rolls back
};

enum class Locking {
  pass_over,  // threads that others hold are left out
  wait,       // at most limits::post_lock_turn for all of them, then DatabaseBusy
};

BatchOutcome write_batch(Transaction& transaction, const std::vector<const NewPost*>& posts, Locking locking);

}  // namespace foyer::persistence
