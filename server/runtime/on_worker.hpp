// `co_await on_worker(pool, job)`: runs a synchronous job on a worker and resumes on the I/O thread with its
// Result. A full queue or lost patience is `unavailable`, and so is a database that is away; any other
// exception travels to the caller. A job that has not ended by the pool's answer_time() is `unavailable` too: it goes
// on, and what it may still commit is heard through the event log. `await_callback` is the same for operations that
// call back from a thread.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "protocol/result.hpp"
#include "server/runtime/task.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer::runtime {

inline Error worker_unavailable() {
  Error error = refused(ErrorCode::unavailable, "The server has too much to do. Try again in a moment.");
  error.retry_after_seconds = 1;
  return error;
}

// Starts `initiate(callback)`; the callback may be called once, from any thread, with a Value. The coroutine
// resumes on its own executor. `initiate` must not keep references to the coroutine's locals beyond the call
// of the callback. Value must be movable.
template <class Value, class Initiate>
Task<Value> await_callback(Initiate initiate) {
  const auto executor = co_await asio::this_coro::executor;
  auto start = [executor, initiate = std::move(initiate)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto guard = std::make_shared<asio::executor_work_guard<Executor>>(executor);
    initiate([executor, shared, guard](Value value) {
      asio::post(executor, [shared, guard, kept = std::make_shared<Value>(std::move(value))]() mutable {
        std::move (*shared)(std::exception_ptr{}, std::move(*kept));
      });
    });
  };
  co_return co_await asio::async_initiate<decltype(awaited), void(std::exception_ptr, Value)>(std::move(start),
                                                                                              awaited);
}

// The same, but resumes with `otherwise` when no call has come by then; a later one is dropped.
template <class Value, class Initiate>
Task<Value> await_callback_within(std::chrono::milliseconds patience, Value otherwise, Initiate initiate) {
  struct Race {
    explicit Race(const Executor& executor) : timer(executor) {}
    std::atomic<bool> over = false;
    asio::steady_timer timer;  // I/O thread
  };
  const auto executor = co_await asio::this_coro::executor;
  const auto race = std::make_shared<Race>(executor);
  auto both = [race, patience, otherwise = std::move(otherwise),
               initiate = std::move(initiate)](const auto& callback) mutable {
    race->timer.expires_after(patience);
    race->timer.async_wait([race, callback, otherwise = std::move(otherwise)](const auto& error) mutable {
      if (!error && !race->over.exchange(true)) {
        callback(std::move(otherwise));
      }
    });
    initiate([race, callback](Value value) {
      if (!race->over.exchange(true)) {
        callback(std::move(value));
      }
    });
  };
  Value value = co_await await_callback<Value>(std::move(both));
  race->timer.cancel();
  co_return value;
}

template <class Job>
auto on_worker(WorkerPool& pool, Job job) -> Task<std::invoke_result_t<Job&>> {
  using Value = std::invoke_result_t<Job&>;  // a Result<T>
  struct Outcome {
    std::optional<Value> value;
    std::exception_ptr failure;
  };
  auto initiate = [&pool, job = std::move(job)](const auto& callback) mutable {
    auto shared_job = std::make_shared<Job>(std::move(job));
    const bool taken = pool.submit([shared_job, callback](bool in_time) {
      Outcome outcome;
      try {
        outcome.value = in_time ? (*shared_job)() : Value(worker_unavailable());
      } catch (...) {
        outcome.failure = std::current_exception();
      }
      callback(std::move(outcome));
    });
    if (!taken) {
      callback(Outcome{Value(worker_unavailable()), nullptr});
    }
  };
  Outcome otherwise{Value(worker_unavailable()), nullptr};
  auto outcome = co_await await_callback_within<Outcome>(pool.answer_time(), std::move(otherwise), std::move(initiate));
  if (outcome.failure) {
    std::rethrow_exception(outcome.failure);
  }
  co_return std::move(*outcome.value);
}

}  // namespace foyer::runtime
