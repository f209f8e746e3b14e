// Starts a named root coroutine. An exception that escapes it is logged and counted, never rethrown into the
// event loop. The coroutine owns all it uses (parameters by value, shared_ptr to its session).
#pragma once

#include <cstdint>
#include <string_view>

#include "server/runtime/task.hpp"

namespace foyer::runtime {

void spawn(const Executor& executor, std::string_view name, Task<> task);

// How many exceptions spawn has contained since start.
std::uint64_t contained_exceptions();

}  // namespace foyer::runtime
