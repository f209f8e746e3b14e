// A bounded pool of threads for what blocks: PostgreSQL and password hashing. A job that waited in the queue
// longer than its patience is not run. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace foyer::runtime {

class WorkerPool {
 public:
  // A job is told whether it is run in time; with false it only reports that it was given up.
  using Job = std::function<void(bool in_time)>;

  WorkerPool(std::string name, std::size_t threads, std::size_t queue_max, std::chrono::milliseconds patience);
  ~WorkerPool();  // stop()
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool has stopped; the job is not taken then.
  [[nodiscard]] bool submit(Job job);
  // Runs what is queued, then joins the threads. Idempotent.
  void stop();
  std::size_t queued() const;

 private:
  struct Waiting {
    std::chrono::steady_clock::time_point since;
    Job job;
  };
  void work();

  const std::size_t queue_max_;
  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace foyer::runtime
