// The client's end of a loopback connection, spoken byte by byte so that it can also misbehave: it reads only when
// told to. Runs on the test's io_context; nothing here blocks.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "server/runtime/upgrade.hpp"

namespace foyer::live {

struct RawFrame {
  int opcode = 0;
  std::string payload;

  int close_code() const {
    return payload.size() < 2 ? 0
                              : static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
  }
};

class RawClient {
 public:
  using tcp = boost::asio::ip::tcp;

  // A connected pair; the other end is in upgrade().
  explicit RawClient(boost::asio::io_context& context) : socket_(context), accepted_(context) {
    tcp::acceptor acceptor(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    socket_.connect(acceptor.local_endpoint());
    acceptor.accept(accepted_);
    socket_.non_blocking(true);
  }

  runtime::Upgrade upgrade(const std::string& protocols = "foyer.v1") {
    runtime::Upgrade upgrade{std::move(accepted_), {}, "", "", "127.0.0.1", nullptr};
    upgrade.headers = {{"Host", "localhost"},
                       {"Upgrade", "websocket"},
                       {"Connection", "Upgrade"},
                       {"Sec-WebSocket-Version", "13"},
                       {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    if (!protocols.empty()) {
      upgrade.headers.emplace_back("Sec-WebSocket-Protocol", protocols);
    }
    return upgrade;
  }

  void write(std::string_view bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }
  void send_frame(int first_byte, std::string_view payload) {
    std::string frame(1, static_cast<char>(first_byte));
    if (payload.size() < 126) {
      frame.push_back(static_cast<char>(0x80 | payload.size()));
    } else {
      const bool wide = payload.size() > 0xffff;
      frame.push_back(static_cast<char>(wide ? 0xff : 0xfe));
      for (int shift = wide ? 56 : 8; shift >= 0; shift -= 8) {
        frame.push_back(static_cast<char>(static_cast<std::uint64_t>(payload.size()) >> shift & 0xff));
      }
    }
    constexpr std::string_view key = "\x11\x22\x33\x44";
    frame.append(key);
    for (std::size_t index = 0; index < payload.size(); ++index) {
      frame.push_back(static_cast<char>(payload[index] ^ key[index % 4]));
    }
    write(frame);
  }
  void send_text(std::string_view text) { send_frame(0x81, text); }

  // Takes what has arrived. False at the end of the stream.
  bool read() {
    char buffer[65'536];
    for (;;) {
      boost::system::error_code error;
      const std::size_t size = socket_.read_some(boost::asio::buffer(buffer), error);
      if (error == boost::asio::error::would_block) {
        return true;
      }
      if (error) {
        ended_ = true;
        return false;
      }
      received_.append(buffer, size);
    }
  }
  bool ended() const { return ended_; }
  std::string& received() { return received_; }

  // Takes the HTTP answer to the upgrade off the front; "" until it is whole.
  std::string take_response() {
    const std::size_t end = received_.find("\r\n\r\n");
    if (end == std::string::npos) {
      return "";
    }
    std::string response = received_.substr(0, end + 4);
    received_.erase(0, end + 4);
    return response;
  }
  // Takes all whole frames.
  std::vector<RawFrame> take_frames() {
    std::vector<RawFrame> frames;
    std::size_t start = 0;
    while (received_.size() >= start + 2) {
      auto length = static_cast<std::size_t>(static_cast<unsigned char>(received_[start + 1]));
      const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
      if (received_.size() < start + 2 + extended) {
        break;
      }
      if (extended > 0) {
        length = 0;
        for (std::size_t index = 0; index < extended; ++index) {
          length = length << 8 | static_cast<unsigned char>(received_[start + 2 + index]);
        }
      }
      if (received_.size() < start + 2 + extended + length) {
        break;
      }
      frames.push_back({received_[start] & 0x0f, received_.substr(start + 2 + extended, length)});
      start += 2 + extended + length;
    }
    received_.erase(0, start);
    return frames;
  }

  void close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }
  // Goes with a reset. After an orderly close the system keeps the port for a minute, and a fuzzer closes hundreds of
  // connections a second: the ports of a machine would not last.
  void reset() {
    socket_.set_option(boost::asio::socket_base::linger(true, 0));
    close();
  }
  void shrink_receive_buffer() { socket_.set_option(boost::asio::socket_base::receive_buffer_size(4096)); }

 private:
  tcp::socket socket_;
  tcp::socket accepted_;
  std::string received_;
  bool ended_ = false;
};

}  // namespace foyer::live
