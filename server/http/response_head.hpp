// The status line and fields of an answer as they go over the wire.
#pragma once

#include <chrono>
#include <string>

#include "server/http/message.hpp"

namespace foyer::http {

enum class KeepAlive { yes, no };

// With Date, Content-Length and Connection. Throws std::logic_error for a field with a control character: a
// value from outside must never reach a field unencoded.
std::string response_head(const Response& response, KeepAlive keep_alive, std::chrono::system_clock::time_point now);

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::chrono::system_clock::time_point time);

}  // namespace foyer::http
