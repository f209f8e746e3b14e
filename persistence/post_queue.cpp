#include "persistence/post_queue.hpp"

#include <iterator>
#include <set>
#include <utility>

#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

std::size_t bytes_of(const WaitingPost& waiting) { return waiting.post.body.size() + waiting.post.html.size(); }

}  // namespace

bool PostQueue::push(WaitingPost post) {
  {
    const std::lock_guard lock{mutex_};
    if (closed_ || posts_.size() >= limits::post_queue || bytes_ + bytes_of(post) > limits::post_queue_bytes) {
      return false;
    }
    bytes_ += bytes_of(post);
    posts_.push_back(std::move(post));
  }
  changed_.notify_one();
  return true;
}

std::vector<WaitingPost> PostQueue::take_batch() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return closed_ || !posts_.empty(); });
  std::vector<WaitingPost> batch;
  std::vector<WaitingPost> repeats;
  std::set<std::pair<UserId, std::string>> keys;
  std::size_t bytes = 0;
  while (!posts_.empty() && batch.size() < limits::post_batch && bytes < limits::post_batch_bytes) {
    WaitingPost& next = posts_.front();
    const bool repeat = !next.post.key.empty() && !keys.emplace(next.post.author.id, next.post.key).second;
    if (!repeat) {
      bytes += bytes_of(next);
    }
    (repeat ? repeats : batch).push_back(std::move(next));
    posts_.pop_front();
  }
  bytes_ -= bytes;
  posts_.insert(posts_.begin(), std::make_move_iterator(repeats.begin()), std::make_move_iterator(repeats.end()));
  return batch;
}

void PostQueue::close() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }
  changed_.notify_all();
}

std::size_t PostQueue::size() const {
  const std::lock_guard lock{mutex_};
  return posts_.size();
}

}  // namespace foyer::persistence
