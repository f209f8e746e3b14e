// The one road for new posts: a thread of the node drains a bounded queue batch by batch (post_batch.hpp) and
// acknowledges after the commit. The fsync in flight is the batching window; there is no artificial delay.
// Discussions take turns in a batch. One whose row another transaction holds is passed over and written by a second
// thread of the node, which waits for the row: it delays nobody else.
// A batch locks the rows in id order, gives dense post numbers and event seqs, re-checks that each discussion is open
// and its slow mode kept, and answers a repeated Idempotency-Key with the first post.
// A batch that fails for one post's sake is replayed post by post.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "persistence/database.hpp"
#include "persistence/post_store.hpp"
#include "protocol/events.hpp"
#include "protocol/result.hpp"

namespace foyer::persistence {

class PostWriter {
 public:
  // Called on a thread of the writer, exactly once per accepted post, only after its commit or failure. Errors:
  // not_found, locked, slow_mode, key_reused, unavailable (queue or database), invalid (reply_to).
  using Done = std::function<void(Result<Posted>)>;
  // Called on a thread of the writer once per committed batch, before its acknowledgements; two may do so at once.
  using Publish = std::function<void(News)>;

  PostWriter(Database& database, Publish publish);
  ~PostWriter();  // drains
  PostWriter(const PostWriter&) = delete;
  PostWriter& operator=(const PostWriter&) = delete;

  // Any thread, never blocks. An error (unavailable) when the queue or this thread's share of it is full, or the
  // writer is draining: `done` is not called then and the caller answers with it.
  [[nodiscard]] Result<void> submit(NewPost post, Done done);

  // Refuses new posts, writes what is queued, stops the threads. Idempotent.
  void drain();

  struct Figures {  // since start; for metrics
    std::uint64_t batches = 0;
    std::uint64_t posts = 0;
    std::uint64_t replays = 0;
    std::size_t queued = 0;
  };
  Figures figures() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace foyer::persistence
