#include "protocol/channel.hpp"

#include <array>
#include <charconv>

namespace foyer {
namespace {

struct Prefix {
  ChannelKind kind;
  std::string_view text;
};

constexpr std::array numbered{Prefix{ChannelKind::thread, "thread:"}, Prefix{ChannelKind::member, "member:"},
                              Prefix{ChannelKind::film, "film:"}};

std::optional<std::int64_t> positive_number(std::string_view text) {
  if (text.empty() || text.front() < '1' || text.front() > '9') {
    return std::nullopt;
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::string to_string(Channel channel) {
  for (const Prefix& prefix : numbered) {
    if (prefix.kind == channel.kind) {
      return std::string(prefix.text) + std::to_string(channel.id);
    }
  }
  return channel.kind == ChannelKind::front ? "front" : "moderation";
}

std::optional<Channel> channel_from_string(std::string_view text) {
  if (text == "front") {
    return Channel{ChannelKind::front, 0};
  }
  if (text == "moderation") {
    return Channel{ChannelKind::moderation, 0};
  }
  for (const Prefix& prefix : numbered) {
    if (text.starts_with(prefix.text)) {
      const auto id = positive_number(text.substr(prefix.text.size()));
      return id ? std::optional(Channel{prefix.kind, *id}) : std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace foyer
