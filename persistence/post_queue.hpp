// Where new posts wait for the writer: a line per thread, bounded in number and bytes as a whole and per thread, from
// which batches take in turn, so that a flood of one thread makes nobody else wait. A thread whose row somebody else
// holds leaves the turn until the writer's second hand, which waits for the row, has written its posts; meanwhile the
// first hand goes on with the others. Thread-safe; each take function has one caller.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
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
  using Batch = std::vector<WaitingPost>;

  // An error (unavailable) when full, as a whole or for this thread, or closed; the post is dropped then.
  Result<void> push(WaitingPost post);

  // Blocks until there is something. At most limits::post_batch posts and about limits::post_batch_bytes: one of each
  // thread in turn, each thread's in its order; empty when closed and all is written. A batch never holds a key of a
  // member twice: the second one and what its thread has behind it wait for the next batch, where the first answers it.
  Batch take_batch();

  // Posts of take_batch whose thread is held go back before all others of their thread, for take_held.
  void hold(Batch posts);

  // Blocks until there is a held thread; what take_batch would take if there were this thread alone. Empty when closed
  // and all is written.
  Batch take_held();
  // Ends what take_held began: with nothing left over the thread takes its turn again; else its posts go back and the
  // other held threads have theirs first.
  void release(Batch left_over);

  void close();
  std::size_t size() const;

 private:
  struct Line {
    std::deque<WaitingPost> posts;
    std::size_t bytes = 0;
    bool held = false;
  };
  using Keys = std::set<std::pair<UserId, std::string>>;

  // False when the first post of the line must not come into this batch.
  bool move_first(Line& line, Batch& batch, Keys& keys, std::size_t& bytes);
  void put_back(Batch posts);
  void forget_if_empty(ThreadId thread);

  mutable std::mutex mutex_;
  std::condition_variable turn_changed_;
  std::condition_variable held_changed_;
  std::unordered_map<ThreadId, Line> lines_;  // threads with posts, and the one that take_held gave out
  std::deque<ThreadId> turn_;                 // threads with posts that are not held
  std::deque<ThreadId> held_;
  ThreadId given_out_;  // by take_held; 0: none
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
  bool closed_ = false;
  bool written_ = false;  // closed, and take_batch found nothing more to come
};

}  // namespace foyer::persistence
