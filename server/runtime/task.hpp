// The coroutine type of the edges and the one token they use. Coroutines live only in server/runtime,
// server/http and server/live, all on the node's single I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace foyer::runtime {

namespace asio = boost::asio;

template <class Value = void>
using Task = asio::awaitable<Value>;

// `co_await operation(..., no_throw(error))`: the outcome lands in `error` instead of an exception.
inline auto no_throw(boost::system::error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

}  // namespace foyer::runtime
