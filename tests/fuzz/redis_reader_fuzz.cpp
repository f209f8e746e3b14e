// Replies of Redis: the same whether they arrive at once or byte by byte; a broken reader stays broken; what we send
// reads as we meant it.
#include "server/live/redis_protocol.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::live {
namespace {

using fuzz::require;

std::string described(const RedisReply& reply) {
  std::string text = std::to_string(static_cast<int>(reply.type)) + " " + std::to_string(reply.integer) + " ";
  text += std::to_string(reply.text.size()) + reply.text + "(";
  for (const RedisReply& element : reply.elements) {
    text += described(element);
  }
  return text + ")";
}

struct Outcome {
  std::string replies;
  bool broken = false;
};

Outcome read(std::string_view wire, std::size_t step) {
  RedisReader reader;
  Outcome outcome;
  for (std::size_t at = 0; at < wire.size() && reader.feed(wire.substr(at, step)); at += std::min(step, wire.size())) {
    while (const auto reply = reader.next()) {
      outcome.replies += described(*reply);
    }
  }
  outcome.broken = reader.broken();
  require(!outcome.broken || (!reader.feed("+PONG\r\n") && !reader.next()), "a broken reader stays broken");
  return outcome;
}

FOYER_FUZZ_TARGET(redis_reader) {
  const Outcome whole = read(bytes, SIZE_MAX);
  const Outcome pieces = read(bytes, 1);
  require(whole.replies == pieces.replies && whole.broken == pieces.broken, "the same however it arrives");

  std::string command;
  append_redis_command(command, {"PUBLISH", bytes});
  RedisReader reader;
  require(reader.feed(command), "a command is whole");
  const auto read_back = reader.next();
  require(read_back && read_back->elements.size() == 2 && read_back->elements[1].text == bytes,
          "words keep their bytes");
}

}  // namespace
}  // namespace foyer::live
