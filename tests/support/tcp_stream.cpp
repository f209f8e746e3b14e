#include "tests/support/tcp_stream.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace foyer::testing {

TcpStream::TcpStream(std::uint16_t port) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    const std::string reason = std::strerror(errno);
    close();
    throw std::runtime_error("cannot connect to port " + std::to_string(port) + ": " + reason);
  }
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

TcpStream::~TcpStream() { close(); }

TcpStream::TcpStream(TcpStream&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), kept_(std::move(other.kept_)) {}

TcpStream& TcpStream::operator=(TcpStream&& other) noexcept {
  close();
  descriptor_ = std::exchange(other.descriptor_, -1);
  kept_ = std::move(other.kept_);
  return *this;
}

void TcpStream::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) {
      throw ConnectionClosed(std::string("send: ") + std::strerror(errno));
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string TcpStream::receive(std::chrono::milliseconds patience) {
  if (!kept_.empty()) {
    return std::exchange(kept_, {});
  }
  pollfd waiting{descriptor_, POLLIN, 0};
  const int ready = poll(&waiting, 1, static_cast<int>(patience.count()));
  if (ready == 0) {
    throw DeadlinePassed("nothing arrived in time");
  }
  std::array<char, 65536> buffer;
  const ssize_t count = ready < 0 ? -1 : recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (count <= 0) {
    throw ConnectionClosed(count == 0 ? "closed by the server" : std::strerror(errno));
  }
  return {buffer.data(), static_cast<std::size_t>(count)};
}

bool TcpStream::wait_readable(std::chrono::milliseconds patience) const {
  pollfd waiting{descriptor_, POLLIN, 0};
  return !kept_.empty() || poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
}

std::string TcpStream::receive_exactly(std::size_t count, std::chrono::milliseconds patience) {
  std::string bytes;
  while (bytes.size() < count) {
    bytes += receive(patience);
  }
  kept_ = bytes.substr(count);
  bytes.resize(count);
  return bytes;
}

std::string TcpStream::receive_until(std::string_view delimiter, std::chrono::milliseconds patience) {
  std::string bytes;
  std::size_t found = std::string::npos;
  while ((found = bytes.find(delimiter)) == std::string::npos) {
    bytes += receive(patience);
  }
  kept_ = bytes.substr(found + delimiter.size());
  bytes.resize(found + delimiter.size());
  return bytes;
}

void TcpStream::close() {
  if (descriptor_ >= 0) {
    ::close(std::exchange(descriptor_, -1));
  }
}

}  // namespace foyer::testing
