// Times on the wire: RFC 3339 in UTC with milliseconds.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace foyer {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-11-23T15:52:07.123Z"
std::string to_rfc3339(Timestamp time);
// Reads exactly the form above; nothing else.
std::optional<Timestamp> from_rfc3339(std::string_view text);

}  // namespace foyer
