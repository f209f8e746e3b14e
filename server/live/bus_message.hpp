// The text of bus messages: lines, each an event with its seq in front, a doorbell, a node's viewer count or
// somebody typing. The receiver reads the seq and passes the JSON on as it is. Pure functions.
//   24 {"type":"event",…}      an event of a durable channel
//   *                          the state of a snapshot channel changed
//   P node 12                  a node has twelve viewers of the channel
//   T node name                a member with viewers on that node is typing; a name may hold spaces
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/channel.hpp"
#include "protocol/events.hpp"
#include "protocol/ids.hpp"

namespace foyer::live {

std::string topic_of(Channel channel);
std::optional<Channel> channel_of_topic(std::string_view topic);

// The views point into the parsed text.
struct EventLine {
  Seq seq;
  std::string_view json;
};
struct DoorbellLine {};
struct PresenceLine {
  std::string_view node;
  int viewers = 0;
};
struct TypingLine {
  std::string_view node;
  std::string_view name;
};
using BusLine = std::variant<EventLine, DoorbellLine, PresenceLine, TypingLine>;

struct BusMessage {
  std::vector<BusLine> lines;
  std::size_t malformed = 0;  // lines left out
};
BusMessage parse_bus_message(std::string_view text);

void append_event_line(std::string& text, const EncodedEvent& event);
std::string doorbell_text();
std::string presence_text(std::string_view node, int viewers);
std::string typing_text(std::string_view node, std::string_view name);

// What an event is about ("post":{"id":12 or "thread":{"id":3), read from the fixed head of its JSON. Later
// events about the same subject make an earlier one stale: its text may have been taken away. "" when unclear.
std::string_view event_subject(std::string_view json);
// Whether it is a post.created, after which nothing earlier is stale.
bool creates_post(std::string_view json);
// The post that a post.removed takes away, read from the fixed head of its JSON; nothing for all other events.
std::optional<PostId> removed_post(std::string_view json);

}  // namespace foyer::live
