#include "server/live/bus_message.hpp"

#include <charconv>

namespace foyer::live {
namespace {

constexpr std::string_view topic_prefix = "foyer:";
constexpr int viewers_max = 100'000'000;

template <class Number>
std::optional<Number> read_number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

// "first rest" → first, rest; empty when there is no space or nothing on one side of it.
struct Halves {
  std::string_view first;
  std::string_view rest;
};
std::optional<Halves> split_at_space(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos || space == 0 || space + 1 == text.size()) {
    return std::nullopt;
  }
  return Halves{text.substr(0, space), text.substr(space + 1)};
}

std::optional<BusLine> read_presence(std::string_view line) {
  const auto halves = split_at_space(line);
  const auto viewers = halves ? read_number<int>(halves->rest) : std::nullopt;
  if (!viewers || *viewers < 0 || *viewers > viewers_max) {
    return std::nullopt;
  }
  return PresenceLine{halves->first, *viewers};
}

std::optional<BusLine> read_typing(std::string_view line) {
  const auto halves = split_at_space(line);
  return halves ? std::optional<BusLine>(TypingLine{halves->first, halves->rest}) : std::nullopt;
}

std::optional<BusLine> read_event(std::string_view line) {
  const auto halves = split_at_space(line);
  const auto seq = halves ? read_number<std::int64_t>(halves->first) : std::nullopt;
  if (!seq || *seq < 1 || halves->rest.front() != '{' || halves->rest.back() != '}') {
    return std::nullopt;
  }
  return EventLine{Seq{*seq}, halves->rest};
}

std::optional<BusLine> read_line(std::string_view line) {
  if (line == "*") {
    return DoorbellLine{};
  }
  if (line.starts_with("P ")) {
    return read_presence(line.substr(2));
  }
  if (line.starts_with("T ")) {
    return read_typing(line.substr(2));
  }
  return read_event(line);
}

bool is_about(std::string_view json, std::string_view event) {
  constexpr std::size_t head = 128;  // type, channel and seq, however long their numbers, and the event
  return json.substr(0, head).find(event) != std::string_view::npos;
}

}  // namespace

std::string topic_of(Channel channel) { return std::string(topic_prefix) + to_string(channel); }

std::optional<Channel> channel_of_topic(std::string_view topic) {
  return topic.starts_with(topic_prefix) ? channel_from_string(topic.substr(topic_prefix.size())) : std::nullopt;
}

BusMessage parse_bus_message(std::string_view text) {
  BusMessage message;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {  // cut short: not to be trusted
      ++message.malformed;
      break;
    }
    if (const auto line = read_line(text.substr(0, end))) {
      message.lines.push_back(*line);
    } else {
      ++message.malformed;
    }
    text.remove_prefix(end + 1);
  }
  return message;
}

void append_event_line(std::string& text, const EncodedEvent& event) {
  text.append(std::to_string(event.seq.value));
  text.push_back(' ');
  text.append(event.json);
  text.push_back('\n');
}

std::string doorbell_text() { return "*\n"; }

std::string presence_text(std::string_view node, int viewers) {
  return "P " + std::string(node) + ' ' + std::to_string(viewers) + '\n';
}

std::string typing_text(std::string_view node, std::string_view name) {
  return "T " + std::string(node) + ' ' + std::string(name) + '\n';
}

std::string_view event_subject(std::string_view json) {
  constexpr std::string_view mark = ",\"data\":{";  // nothing a member wrote stands before it
  const std::size_t data = json.find(mark);
  if (data == std::string_view::npos) {
    return {};
  }
  const std::size_t start = data + mark.size();
  const std::size_t end = json.find(',', start);
  const std::string_view subject = json.substr(start, end == std::string_view::npos ? end : end - start);
  return subject.find("{\"id\":") == std::string_view::npos ? std::string_view{} : subject;
}

bool creates_post(std::string_view json) { return is_about(json, ",\"event\":\"post.created\","); }

std::optional<PostId> removed_post(std::string_view json) {
  if (!is_about(json, ",\"event\":\"post.removed\",")) {
    return std::nullopt;
  }
  constexpr std::string_view post = "\"post\":{\"id\":";
  const std::string_view subject = event_subject(json);
  const auto id = subject.starts_with(post) ? read_number<std::int64_t>(subject.substr(post.size())) : std::nullopt;
  return id ? std::optional(PostId{*id}) : std::nullopt;
}

}  // namespace foyer::live
