// A bounded pool of threads for what blocks: PostgreSQL and password hashing. A job that waited in the queue
// longer than its patience is not run; while every thread hangs in a job, nothing is taken. Thread-safe.
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

#include "protocol/limits.hpp"

namespace foyer::runtime {

class WorkerPool {
 public:
  // A job is told whether it is run in time; with false it only reports that it was given up.
  using Job = std::function<void(bool in_time)>;

  WorkerPool(const std::string& name, std::size_t threads, std::size_t queue_max, std::chrono::milliseconds patience);
  ~WorkerPool();  // stop()
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full, when every thread has been in one job for longer than answer_time(), or when the
  // pool has stopped; the job is not taken then.
  [[nodiscard]] bool submit(Job job);
  // By when a job has run, or its asker should be told that it has not.
  std::chrono::milliseconds answer_time() const { return patience_ + limits::worker_job_time; }
  // Runs what is queued, then joins the threads. Idempotent.
  void stop();
  std::size_t queued() const;

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  struct Waiting {
    TimePoint since;
    Job job;
  };
  static constexpr TimePoint idle = TimePoint::max();
  void work(std::size_t thread);
  bool all_hang(TimePoint now) const;

  const std::size_t queue_max_;
  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  bool stopping_ = false;
  std::vector<TimePoint> busy_since_;  // of each thread
  std::vector<std::thread> threads_;
};

}  // namespace foyer::runtime
