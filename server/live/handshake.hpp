// What the live edge decides about an upgrade request before the WebSocket handshake. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/errors.hpp"

namespace foyer::live {

inline constexpr std::string_view subprotocol = "foyer.v1";

using Headers = std::vector<std::pair<std::string, std::string>>;

enum class Offer { nothing, ours, only_others };
// What Sec-WebSocket-Protocol offers, over all its lines.
Offer offered_subprotocol(const Headers& headers);

// A whole HTTP/1.1 answer that refuses the upgrade with a problem document and closes.
std::string refusal_response(const Error& error);

}  // namespace foyer::live
