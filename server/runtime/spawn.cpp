#include "server/runtime/spawn.hpp"

#include <atomic>
#include <exception>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>

#include "server/runtime/log.hpp"

namespace foyer::runtime {
namespace {

std::atomic<std::uint64_t> contained{0};

void contain(std::string_view name, const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    if (error.code() == asio::error::operation_aborted) {
      return;  // shut down, not a fault
    }
    ++contained;
    log(LogLevel::error, "coroutine failed", {{"coroutine", name}, {"reason", std::string_view(error.what())}});
  } catch (const std::exception& error) {
    ++contained;
    log(LogLevel::error, "coroutine failed", {{"coroutine", name}, {"reason", std::string_view(error.what())}});
  }
}

}  // namespace

void spawn(const Executor& executor, std::string_view name, Task<> task) {
  asio::co_spawn(executor, std::move(task), [kept = std::string(name)](const std::exception_ptr& failure) {
    if (failure) {
      contain(kept, failure);
    }
  });
}

std::uint64_t contained_exceptions() { return contained.load(); }

}  // namespace foyer::runtime
