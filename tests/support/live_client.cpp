#include "tests/support/live_client.hpp"

#include <atomic>
#include <cstdlib>
#include <stdexcept>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace foyer::testing {
namespace {

std::atomic<MessageObserver> message_observer = nullptr;

constexpr std::uint8_t opcode_text = 1;
constexpr std::uint8_t opcode_close = 8;
constexpr std::uint8_t opcode_ping = 9;
constexpr std::uint8_t opcode_pong = 10;

std::string handshake(std::uint16_t port, const LiveOptions& options) {
  const std::string host = "127.0.0.1:" + std::to_string(port);
  std::string bytes = "GET /live HTTP/1.1\r\nHost: " + host +
                      "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
  const std::string origin = options.origin.value_or("http://" + host);
  bytes += origin.empty() ? "" : "Origin: " + origin + "\r\n";
  bytes += options.protocol.empty() ? "" : "Sec-WebSocket-Protocol: " + options.protocol + "\r\n";
  bytes += options.cookie.empty() ? "" : "Cookie: " + options.cookie + "\r\n";
  bytes += options.bearer.empty() ? "" : "Authorization: Bearer " + options.bearer + "\r\n";
  return bytes + "\r\n";
}

}  // namespace

void observe_messages(MessageObserver observer) { message_observer = observer; }

LiveClient::LiveClient(std::uint16_t port, const Options& options) : stream_(port) {
  stream_.send(handshake(port, options));
  const std::string head = stream_.receive_until("\r\n\r\n", std::chrono::seconds{20});
  const int status = std::atoi(head.substr(head.find(' ') + 1, 3).c_str());
  if (status != 101) {
    throw UpgradeRefused(status);
  }
}

void LiveClient::send(std::string_view text) { send_frame(opcode_text, text); }

void LiveClient::send(const boost::json::object& message) { send(boost::json::serialize(message)); }

void LiveClient::send_frame(std::uint8_t opcode, std::string_view payload, bool final) {
  constexpr char mask[4] = {0x11, 0x22, 0x33, 0x44};
  std::string bytes(1, static_cast<char>((final ? 0x80 : 0) | opcode));
  if (payload.size() < 126) {
    bytes += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65536) {
    bytes += static_cast<char>(0x80 | 126);
    bytes += static_cast<char>(payload.size() >> 8);
    bytes += static_cast<char>(payload.size() & 255);
  } else {
    bytes += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes += static_cast<char>((static_cast<std::uint64_t>(payload.size()) >> shift) & 255);
    }
  }
  bytes.append(mask, 4);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
  }
  stream_.send(bytes);
}

LiveClient::Frame LiveClient::receive_frame(std::chrono::milliseconds patience) {
  const std::string head = stream_.receive_exactly(2, patience);
  const auto first = static_cast<std::uint8_t>(head[0]);
  std::uint64_t length = static_cast<std::uint8_t>(head[1]);
  if ((length & 0x80) != 0 || (first & 0x80) == 0 || (first & 0x70) != 0) {
    throw std::runtime_error("the server sent a masked, fragmented or extended frame");
  }
  if (length >= 126) {
    const std::string more = stream_.receive_exactly(length == 126 ? 2 : 8, patience);
    length = 0;
    for (const char c : more) {
      length = length << 8 | static_cast<std::uint8_t>(c);
    }
  }
  return {static_cast<std::uint8_t>(first & 15), length == 0 ? "" : stream_.receive_exactly(length, patience)};
}

boost::json::object LiveClient::receive(std::chrono::milliseconds patience) {
  try {
    for (;;) {
      const Frame frame = receive_frame(patience);
      if (frame.opcode == opcode_text) {
        boost::json::object message = boost::json::parse(frame.payload).as_object();
        if (const MessageObserver observer = message_observer) {
          observer(message);
        }
        return message;
      }
      if (frame.opcode == opcode_ping) {
        send_frame(opcode_pong, frame.payload);
      } else if (frame.opcode == opcode_close) {
        const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(frame.payload.at(i)); };
        send_frame(opcode_close, frame.payload);
        throw LiveClosed(frame.payload.size() < 2 ? 1005 : byte(0) << 8 | byte(1));
      }
    }
  } catch (const ConnectionClosed&) {
    throw LiveClosed(1006);
  }
}

boost::json::object LiveClient::receive_type(std::string_view type, std::chrono::milliseconds patience) {
  for (;;) {
    boost::json::object message = receive(patience);
    if (message.at("type").as_string() == type) {
      return message;
    }
  }
}

boost::json::object LiveClient::subscribe(const std::string& channel, std::optional<std::int64_t> since) {
  boost::json::object message{{"type", "subscribe"}, {"id", next_id_++}, {"channel", channel}};
  if (since) {
    message["since"] = *since;
  }
  send(message);
  for (;;) {
    boost::json::object answer = receive();
    const auto type = answer.at("type").as_string();
    if (type == "subscribed" || type == "error") {
      return answer;
    }
    if (type == "event" && answer.at("channel").as_string() == channel) {
      throw std::runtime_error("an event came before the subscription was confirmed");
    }
  }
}

}  // namespace foyer::testing
