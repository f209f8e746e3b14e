// Bus messages: what was understood says the same when it is written and read again; nothing is made up.
#include "server/live/bus_message.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::live {
namespace {

using fuzz::require;

struct Writer {
  std::string& text;
  void operator()(const EventLine& line) const {
    append_event_line(text, {Channel{ChannelKind::thread, 1}, line.seq, std::string(line.json)});
    const std::string_view subject = event_subject(line.json);
    require(subject.empty() || line.json.find(subject) != std::string_view::npos, "the subject is part of the event");
  }
  void operator()(const DoorbellLine&) const { text += doorbell_text(); }
  void operator()(const PresenceLine& line) const { text += presence_text(line.node, line.viewers); }
  void operator()(const TypingLine& line) const { text += typing_text(line.node, line.name); }
};

FOYER_FUZZ_TARGET(bus_message) {
  const BusMessage message = parse_bus_message(bytes);
  std::string text;
  for (const BusLine& line : message.lines) {
    std::visit(Writer{text}, line);
  }
  const BusMessage again = parse_bus_message(text);
  require(again.malformed == 0 && again.lines.size() == message.lines.size(), "all lines are read again");
  std::string twice;
  for (const BusLine& line : again.lines) {
    std::visit(Writer{twice}, line);
  }
  require(twice == text, "each line says the same");
  if (const auto channel = channel_of_topic(bytes)) {
    require(topic_of(*channel) == bytes, "a topic has one spelling");
  }
}

}  // namespace
}  // namespace foyer::live
