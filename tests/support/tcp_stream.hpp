// A blocking TCP connection to loopback with a deadline on every operation, for the test clients. It knows
// nothing of the server's own network code on purpose.
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace foyer::testing {

struct ConnectionClosed : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct DeadlinePassed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class TcpStream {
 public:
  explicit TcpStream(std::uint16_t port);  // throws std::runtime_error when refused
  ~TcpStream();
  TcpStream(TcpStream&& other) noexcept;
  TcpStream& operator=(TcpStream&& other) noexcept;

  void send(std::string_view bytes);
  // At least one byte. Throws ConnectionClosed at the end, DeadlinePassed after `patience`.
  std::string receive(std::chrono::milliseconds patience);
  // Exactly `count` bytes, or up to and including `delimiter`; what came beyond is kept for the next call.
  std::string receive_exactly(std::size_t count, std::chrono::milliseconds patience);
  std::string receive_until(std::string_view delimiter, std::chrono::milliseconds patience);
  // Whether something to receive (or the end) comes within `patience`.
  bool wait_readable(std::chrono::milliseconds patience) const;
  void close();
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
  std::string kept_;
};

}  // namespace foyer::testing
