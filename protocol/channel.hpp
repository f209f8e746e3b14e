// Names of live channels. Durable channels (thread, member) carry a dense seq; snapshot channels (film, front,
// moderation) carry the present state of what they name.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace foyer {

enum class ChannelKind : std::int16_t { thread = 1, member = 2, film = 3, front = 4, moderation = 5 };

struct Channel {
  ChannelKind kind = ChannelKind::thread;
  std::int64_t id = 0;  // 0 for front and moderation

  bool durable() const { return kind == ChannelKind::thread || kind == ChannelKind::member; }
  friend auto operator<=>(const Channel&, const Channel&) = default;
};

// "thread:42", "member:7", "film:3", "front", "moderation"
std::string to_string(Channel channel);
// Reads exactly the forms above, ids positive and without leading zeros.
std::optional<Channel> channel_from_string(std::string_view text);

}  // namespace foyer

template <>
struct std::hash<foyer::Channel> {
  std::size_t operator()(const foyer::Channel& channel) const noexcept {
    return std::hash<std::int64_t>{}(channel.id * 8 + static_cast<std::int64_t>(channel.kind));
  }
};
