// Where new posts wait for the writer: bounded in number and bytes. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "persistence/post_writer.hpp"

namespace foyer::persistence {

struct WaitingPost {
  NewPost post;
  PostWriter::Done done;
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
};

class PostQueue {
 public:
  // False when full or closed; the post is dropped then.
  bool push(WaitingPost post);

  // Blocks until there is something. At most limits::post_batch posts and about limits::post_batch_bytes, in order;
  // empty when closed and drained. A batch never holds a key of a member twice: the second one waits for the next
  // batch, where the first answers it.
  std::vector<WaitingPost> take_batch();

  void close();
  std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<WaitingPost> posts_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace foyer::persistence
