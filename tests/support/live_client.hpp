// A blocking WebSocket client for the live channel. It speaks the protocol by itself (RFC 6455: masked frames
// out, unmasked frames in), so that a fault in the server's WebSocket code cannot hide.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "tests/support/http_client.hpp"
#include "tests/support/tcp_stream.hpp"

namespace foyer::testing {

struct LiveOptions {
  std::string cookie = {};                 // "" = guest
  std::optional<std::string> origin = {};  // of the same host when empty; "" = none sent
  std::string protocol = "foyer.v1";       // "" = none offered
  std::string bearer = {};
};

// Hears every text message that any client received, on the thread of the client.
using MessageObserver = void (*)(const boost::json::object& message);
void observe_messages(MessageObserver observer);

class LiveClient {
 public:
  using Options = LiveOptions;

  // Answers with the status of a refused upgrade by throwing UpgradeRefused.
  explicit LiveClient(std::uint16_t port, const Options& options = {});

  void send(std::string_view text);
  void send(const boost::json::object& message);
  // A frame with any opcode and payload (masked).
  void send_frame(std::uint8_t opcode, std::string_view payload, bool final = true);
  // The next text message. Answers pings by itself. Throws LiveClosed, DeadlinePassed.
  boost::json::object receive(std::chrono::milliseconds patience = std::chrono::seconds{20});
  // Whether a message (or the end) begins within `patience`. Unlike a receive() that gives up, nothing is lost.
  bool wait_readable(std::chrono::milliseconds patience) const { return stream_.wait_readable(patience); }
  // The next message with that "type", passing over others.
  boost::json::object receive_type(std::string_view type,
                                   std::chrono::milliseconds patience = std::chrono::seconds{20});
  // Subscribes and returns the subscribed message; events that came before it are an error in the server.
  boost::json::object subscribe(const std::string& channel, std::optional<std::int64_t> since = std::nullopt);
  // Closes without a word, as a crashed browser does.
  void cut() { stream_.close(); }

 private:
  struct Frame {
    std::uint8_t opcode = 0;
    std::string payload;
  };
  Frame receive_frame(std::chrono::milliseconds patience);

  TcpStream stream_;
  std::int64_t next_id_ = 1;
};

struct UpgradeRefused : std::runtime_error {
  explicit UpgradeRefused(int code) : std::runtime_error("upgrade refused"), status(code) {}
  int status;
};
struct LiveClosed : std::runtime_error {
  explicit LiveClosed(int close_code) : std::runtime_error("closed " + std::to_string(close_code)), code(close_code) {}
  int code;  // 1006 when the connection ended without a close frame
};

}  // namespace foyer::testing
