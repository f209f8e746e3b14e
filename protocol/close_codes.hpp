// WebSocket close codes of the live channel. Each says whether the client comes back by itself.
#pragma once

#include <cstdint>

namespace foyer::close_code {

inline constexpr std::uint16_t normal = 1000;           // stop
inline constexpr std::uint16_t going_away = 1001;       // reconnect
inline constexpr std::uint16_t policy = 1008;           // stop: the client misbehaves
inline constexpr std::uint16_t too_big = 1009;          // stop
inline constexpr std::uint16_t restart = 1012;          // reconnect in the slot of the goodbye frame
inline constexpr std::uint16_t session_revoked = 4401;  // stop: log in again
inline constexpr std::uint16_t too_slow = 4408;         // reconnect and resume with since
inline constexpr std::uint16_t too_many = 4429;         // reconnect later

}  // namespace foyer::close_code
