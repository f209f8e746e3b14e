// A post held for a change until the transaction ends. For use cases of this folder.
#pragma once

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

Error no_such_post();

// Threads are locked before posts, everywhere, so the post is looked up once without a lock, for its thread alone.
Result<persistence::PostRow> lock_post(persistence::Transaction& transaction, PostId post);

}  // namespace foyer::forum
