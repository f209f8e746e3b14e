#include "persistence/post_queue.hpp"

#include <utility>

#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

std::size_t bytes_of(const WaitingPost& waiting) { return waiting.post.body.size() + waiting.post.html.size(); }

Error full(std::string detail) {
  Error error = refused(ErrorCode::unavailable, std::move(detail));
  error.retry_after_seconds = 1;
  return error;
}

}  // namespace

Result<void> PostQueue::push(WaitingPost post) {
  {
    const std::lock_guard lock{mutex_};
    const std::size_t bytes = bytes_of(post);
    if (closed_ || count_ >= limits::post_queue || bytes_ + bytes > limits::post_queue_bytes) {
      return full("The server has too much to do. Try again in a moment.");
    }
    const ThreadId thread = post.post.thread;
    Line& line = lines_[thread];
    if (line.posts.size() >= limits::post_queue_thread || line.bytes + bytes > limits::post_queue_thread_bytes) {
      return full("This thread gets more posts than can be written. Try again in a moment.");
    }
    if (line.posts.empty() && !line.held) {
      turn_.push_back(thread);
    }
    line.posts.push_back(std::move(post));
    line.bytes += bytes;
    bytes_ += bytes;
    ++count_;
  }
  turn_changed_.notify_one();
  return {};
}

PostQueue::Batch PostQueue::take_batch() {
  std::unique_lock lock{mutex_};
  const auto nothing_comes = [this] { return closed_ && held_.empty() && given_out_.value == 0; };
  turn_changed_.wait(lock, [&] { return !turn_.empty() || nothing_comes(); });
  Batch batch;
  Keys keys;
  std::size_t bytes = 0;
  std::deque<ThreadId> passed;  // their next post must wait for the batch after this one
  while (!turn_.empty() && batch.size() < limits::post_batch && bytes < limits::post_batch_bytes) {
    const ThreadId thread = turn_.front();
    turn_.pop_front();
    Line& line = lines_.at(thread);
    if (!move_first(line, batch, keys, bytes)) {
      passed.push_back(thread);
    } else if (!line.posts.empty()) {
      turn_.push_back(thread);
    } else {
      lines_.erase(thread);
    }
  }
  turn_.insert(turn_.begin(), passed.begin(), passed.end());
  if (batch.empty()) {
    written_ = true;
    held_changed_.notify_one();
  }
  return batch;
}

bool PostQueue::move_first(Line& line, Batch& batch, Keys& keys, std::size_t& bytes) {
  WaitingPost& next = line.posts.front();
  if (!next.post.key.empty() && !keys.emplace(next.post.author.id, next.post.key).second) {
    return false;
  }
  const std::size_t size = bytes_of(next);
  bytes += size;
  bytes_ -= size;
  line.bytes -= size;
  --count_;
  batch.push_back(std::move(next));
  line.posts.pop_front();
  return true;
}

void PostQueue::put_back(Batch posts) {
  for (auto post = posts.rbegin(); post != posts.rend(); ++post) {
    Line& line = lines_[post->post.thread];
    const std::size_t bytes = bytes_of(*post);
    line.bytes += bytes;
    bytes_ += bytes;
    ++count_;
    line.posts.push_front(std::move(*post));
  }
}

void PostQueue::hold(Batch posts) {
  {
    const std::lock_guard lock{mutex_};
    std::vector<ThreadId> threads;
    for (const WaitingPost& post : posts) {
      Line& line = lines_[post.post.thread];
      if (!std::exchange(line.held, true)) {
        threads.push_back(post.post.thread);
        if (!line.posts.empty()) {
          std::erase(turn_, post.post.thread);
        }
      }
    }
    put_back(std::move(posts));
    held_.insert(held_.end(), threads.begin(), threads.end());
  }
  held_changed_.notify_one();
}

PostQueue::Batch PostQueue::take_held() {
  std::unique_lock lock{mutex_};
  held_changed_.wait(lock, [this] { return !held_.empty() || written_; });
  Batch batch;
  if (held_.empty()) {
    return batch;
  }
  given_out_ = held_.front();
  held_.pop_front();
  Line& line = lines_.at(given_out_);
  Keys keys;
  std::size_t bytes = 0;
  while (!line.posts.empty() && batch.size() < limits::post_batch && bytes < limits::post_batch_bytes &&
         move_first(line, batch, keys, bytes)) {
  }
  return batch;
}

void PostQueue::release(Batch left_over) {
  {
    const std::lock_guard lock{mutex_};
    const ThreadId thread = std::exchange(given_out_, ThreadId{});
    Line& line = lines_.at(thread);
    if (!left_over.empty()) {
      put_back(std::move(left_over));
      held_.push_back(thread);
    } else if (line.posts.empty()) {
      lines_.erase(thread);
    } else {
      line.held = false;
      turn_.push_back(thread);
    }
  }
  turn_changed_.notify_one();  // the other hand is the caller
}

void PostQueue::close() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }
  turn_changed_.notify_one();
}

std::size_t PostQueue::size() const {
  const std::lock_guard lock{mutex_};
  return count_;
}

}  // namespace foyer::persistence
