#include "server/runtime/worker_pool.hpp"

#include <algorithm>
#include <utility>

#include <pthread.h>

namespace foyer::runtime {

WorkerPool::WorkerPool(const std::string& name, std::size_t threads, std::size_t queue_max,
                       std::chrono::milliseconds patience)
    : queue_max_(queue_max), patience_(patience), busy_since_(threads, idle) {
  threads_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this, i] { work(i); });
    // Shown by top and gdb; the kernel keeps 15 characters.
    pthread_setname_np(threads_.back().native_handle(), name.substr(0, 15).c_str());
  }
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::submit(Job job) {
  {
    const TimePoint now = std::chrono::steady_clock::now();
    const std::lock_guard lock{mutex_};
    if (stopping_ || queue_.size() >= queue_max_ || all_hang(now)) {
      return false;
    }
    queue_.push_back({now, std::move(job)});
  }
  wake_.notify_one();
  return true;
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) {
      thread.join();
    }
  }
}

std::size_t WorkerPool::queued() const {
  const std::lock_guard lock{mutex_};
  return queue_.size();
}

// A database that is frozen, not stopped, answers nobody and lets nobody go: who asks then would only wait in vain.
bool WorkerPool::all_hang(TimePoint now) const {
  return std::ranges::all_of(busy_since_,
                             [&](TimePoint since) { return since != idle && now - since > answer_time(); });
}

void WorkerPool::work(std::size_t thread) {
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock{mutex_};
      busy_since_[thread] = idle;
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) {
        return;
      }
      next = std::move(queue_.front());
      queue_.pop_front();
      busy_since_[thread] = std::chrono::steady_clock::now();
    }
    next.job(std::chrono::steady_clock::now() - next.since <= patience_);
  }
}

}  // namespace foyer::runtime
