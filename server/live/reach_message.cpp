#include "server/live/reach_message.hpp"

#include <charconv>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

constexpr std::int64_t screens_max = 100'000'000;

// Takes a number and the character behind it off the front.
template <class Number>
bool take_number(std::string_view& text, char end, Number& number) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto length = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc{} || length == text.size() || *stop != end) {
    return false;
  }
  text.remove_prefix(length + 1);
  return true;
}

bool can_be(const ReachCounts& counts) {
  for (const std::int64_t count : {counts.delivered, counts.applied, counts.lost, counts.returned}) {
    if (count < 0 || count > screens_max) {
      return false;
    }
  }
  return counts.outstanding() >= 0;
}

bool take_line(std::string_view& text, ReachMessage::Line& line) {
  auto& [removal, counts] = line;
  return take_number(text, ' ', removal.thread.value) && take_number(text, ' ', removal.seq.value) &&
         take_number(text, ' ', removal.post.value) && take_number(text, ' ', counts.delivered) &&
         take_number(text, ' ', counts.applied) && take_number(text, ' ', counts.lost) &&
         take_number(text, '\n', counts.returned) && removal.thread.value > 0 && removal.seq.value > 0 &&
         removal.post.value > 0 && can_be(counts);
}

}  // namespace

std::string reach_text(const ReachMessage& message) {
  std::string text = std::to_string(message.node) + '\n';
  if (message.asks) {
    text += "?\n";
  }
  for (const auto& [removal, counts] : message.lines) {
    for (const std::int64_t number :
         {removal.thread.value, removal.seq.value, removal.post.value, counts.delivered, counts.applied, counts.lost}) {
      text += std::to_string(number) + ' ';
    }
    text += std::to_string(counts.returned) + '\n';
  }
  return text;
}

std::optional<ReachMessage> parse_reach_message(std::string_view text) {
  ReachMessage message;
  if (!take_number(text, '\n', message.node)) {
    return std::nullopt;
  }
  if (text.starts_with("?\n")) {
    message.asks = true;
    text.remove_prefix(2);
  }
  while (!text.empty() && message.lines.size() < limits::reach_removals) {
    if (!take_line(text, message.lines.emplace_back())) {
      return std::nullopt;
    }
  }
  return message;
}

}  // namespace foyer::live
