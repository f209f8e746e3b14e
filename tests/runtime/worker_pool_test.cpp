#include "server/runtime/worker_pool.hpp"

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "server/runtime/on_worker.hpp"
#include "server/runtime/spawn.hpp"
#include "tests/support/services.hpp"

using namespace std::chrono_literals;
using foyer::ErrorCode;
using foyer::Result;
using foyer::runtime::on_worker;
using foyer::runtime::spawn;
using foyer::runtime::Task;
using foyer::runtime::WorkerPool;

namespace {

TEST(WorkerPool, RefusesWhenItsQueueIsFull) {
  std::promise<void> started;  // outlive the pool, whose thread may still be inside them
  std::promise<void> gate;
  WorkerPool pool{"test", 1, 1, 10s};
  ASSERT_TRUE(pool.submit([&](bool) {
    started.set_value();
    gate.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.submit([](bool) {}));
  EXPECT_FALSE(pool.submit([](bool) {}));
  gate.set_value();
}

TEST(WorkerPool, TellsAJobThatItWaitedTooLong) {
  std::promise<void> gate;
  std::promise<bool> told;
  WorkerPool pool{"test", 1, 10, 0ms};
  ASSERT_TRUE(pool.submit([&](bool) { gate.get_future().wait(); }));
  ASSERT_TRUE(pool.submit([&](bool in_time) { told.set_value(in_time); }));
  gate.set_value();
  EXPECT_FALSE(told.get_future().get());
}

TEST(WorkerPool, RunsWhatIsQueuedBeforeItStops) {
  std::atomic<int> done = 0;
  WorkerPool pool{"test", 2, 100, 10s};
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(pool.submit([&](bool) { ++done; }));
  }
  pool.stop();
  EXPECT_EQ(done, 50);
  EXPECT_FALSE(pool.submit([](bool) {}));
}

Task<> compute(WorkerPool& pool, std::thread::id& resumed_on, int& answer) {
  auto job = [] { return Result<int>(42); };
  const auto result = co_await on_worker(pool, job);
  resumed_on = std::this_thread::get_id();
  answer = result.value();
}

TEST(OnWorker, ResumesOnTheIoThreadWithTheJobsValue) {
  WorkerPool pool{"test", 1, 10, 10s};
  boost::asio::io_context io{1};
  std::thread::id resumed_on;
  int answer = 0;
  spawn(io.get_executor(), "test", compute(pool, resumed_on, answer));
  io.run();
  EXPECT_EQ(answer, 42);
  EXPECT_EQ(resumed_on, std::this_thread::get_id());
}

Task<> be_refused(WorkerPool& pool, ErrorCode& code) {
  auto job = [] { return Result<int>(42); };
  const auto result = co_await on_worker(pool, job);
  code = result.error().code;
}

TEST(OnWorker, AnswersUnavailableWhenThePoolTakesNoMore) {
  WorkerPool pool{"test", 1, 10, 10s};
  pool.stop();
  boost::asio::io_context io{1};
  ErrorCode code = ErrorCode::internal;
  spawn(io.get_executor(), "test", be_refused(pool, code));
  io.run();
  EXPECT_EQ(code, ErrorCode::unavailable);
}

Task<> hang(WorkerPool& pool, std::shared_future<void> gate, std::vector<ErrorCode>& codes) {
  auto job = [gate] {
    gate.wait();
    return Result<int>(42);
  };
  const auto result = co_await on_worker(pool, job);
  codes.push_back(result ? ErrorCode::internal : result.error().code);
}

TEST(OnWorker, AnswersUnavailableInTimeWhileTheJobHangsAndThePoolThenTakesNoMore) {
  std::promise<void> gate;
  const std::shared_future<void> open = gate.get_future().share();
  boost::asio::io_context io{1};  // outlives the pool, whose jobs hold on to it
  WorkerPool pool{"test", 2, 100, 100ms};
  std::vector<ErrorCode> codes;
  for (int asker = 0; asker < 2; ++asker) {
    spawn(io.get_executor(), "test", hang(pool, open, codes));
  }
  while (codes.size() < 2) {
    io.run_one_for(10s);
  }
  EXPECT_EQ(codes, (std::vector{ErrorCode::unavailable, ErrorCode::unavailable}));
  EXPECT_TRUE(foyer::testing::eventually([&] { return !pool.submit([](bool) {}); })) << "both threads hang";
  gate.set_value();
  EXPECT_TRUE(foyer::testing::eventually([&] { return pool.submit([](bool) {}); }));
}

Task<> fail(WorkerPool& pool) {
  auto job = []() -> Result<int> { throw std::runtime_error("a bug"); };
  co_await on_worker(pool, job);
}

TEST(Spawn, ContainsAnEscapedExceptionAndCountsIt) {
  WorkerPool pool{"test", 1, 10, 10s};
  boost::asio::io_context io{1};
  const auto before = foyer::runtime::contained_exceptions();
  spawn(io.get_executor(), "test", fail(pool));
  io.run();
  EXPECT_EQ(foyer::runtime::contained_exceptions(), before + 1);
}

}  // namespace
