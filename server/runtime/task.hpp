// The coroutine type of the edges and the one token they use. Coroutines live only in server/runtime,
// server/http and server/live, all on the node's single I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace foyer::runtime {

namespace asio = boost::asio;

// A concrete one: asio's default is type-erased, which every operation would pay for.
using Executor = asio::io_context::executor_type;

template <class Value = void>
using Task = asio::awaitable<Value, Executor>;

// `co_await operation(..., awaited)`: resumes with the outcome, or throws it.
inline constexpr asio::use_awaitable_t<Executor> awaited;

// `co_await operation(..., no_throw(error))`: the outcome lands in `error` instead of an exception.
inline auto no_throw(boost::system::error_code& error) { return asio::redirect_error(awaited, error); }

}  // namespace foyer::runtime
