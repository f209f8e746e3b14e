#include "tests/support/tcp_proxy.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <list>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace foyer::testing {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t pipe_bytes = 1024UL * 1024;  // under way in one direction; more waits in the sender
constexpr int look_ms = 5;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

// One direction of one connection.
struct Pipe {
  struct Piece {
    Clock::time_point due;
    std::string bytes;
  };
  int from;
  int to;
  std::deque<Piece> pieces = {};
  std::size_t size = 0;
  bool ended = false;

  void read(std::chrono::milliseconds delay) {
    std::array<char, 65536> buffer;
    while (!ended && size < pipe_bytes) {
      const ssize_t count = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
      }
      if (count <= 0) {
        ended = true;
        return;
      }
      size += static_cast<std::size_t>(count);
      pieces.push_back({Clock::now() + delay, std::string(buffer.data(), static_cast<std::size_t>(count))});
    }
  }

  void write() {
    while (!pieces.empty() && pieces.front().due <= Clock::now()) {
      std::string& bytes = pieces.front().bytes;
      const ssize_t count = ::send(to, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (count < 0) {
        ended = ended || (errno != EAGAIN && errno != EINTR);
        return;
      }
      size -= static_cast<std::size_t>(count);
      bytes.erase(0, static_cast<std::size_t>(count));
      if (bytes.empty()) {
        pieces.pop_front();
      }
    }
  }

  bool done() const { return ended && pieces.empty(); }
};

struct Connection {
  Connection(int client, int server) : ways{Pipe{client, server}, Pipe{server, client}} {}
  ~Connection() {
    ::close(ways[0].from);
    ::close(ways[1].from);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::array<Pipe, 2> ways;
};

}  // namespace

class TcpProxy::Traffic {
 public:
  void take(int client, std::uint16_t target) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(target);
    if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(server);
      ::close(client);
      return;
    }
    connections_.emplace_back(client, server);
  }

  void move(std::chrono::milliseconds delay) {
    for (auto at = connections_.begin(); at != connections_.end();) {
      for (Pipe& way : at->ways) {
        way.read(delay);
        way.write();
      }
      at = at->ways[0].done() || at->ways[1].done() ? connections_.erase(at) : std::next(at);
    }
  }

  void end_all() { connections_.clear(); }

  // Returns when there may be something to do.
  void wait(int listener, bool moving) {
    std::vector<pollfd> sockets{{listener, POLLIN, 0}};
    for (const Connection& connection : connections_) {
      for (const Pipe& way : connection.ways) {
        if (moving && !way.ended && way.size < pipe_bytes) {
          sockets.push_back({way.from, POLLIN, 0});
        }
      }
    }
    ::poll(sockets.data(), sockets.size(), look_ms);
  }

 private:
  std::list<Connection> connections_;
};

TcpProxy::TcpProxy(std::uint16_t target) : target_(target) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    ::close(listener_);
    throw std::runtime_error("the proxy has no port");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

TcpProxy::~TcpProxy() {
  stopping_ = true;
  thread_.join();
  ::close(listener_);
}

void TcpProxy::cut() { state_ = State::cut; }

void TcpProxy::delay(std::chrono::milliseconds how_long) { delay_ms_ = how_long.count(); }

void TcpProxy::half_open() { state_ = State::half_open; }

void TcpProxy::heal() {
  delay_ms_ = 0;
  state_ = State::healthy;
}

void TcpProxy::run() {
  Traffic traffic;
  while (!stopping_) {
    const State state = state_;
    traffic.wait(listener_, state == State::healthy);
    for (int client = 0; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      if (state == State::cut) {
        ::close(client);
      } else {
        traffic.take(client, target_);
      }
    }
    if (state == State::cut) {
      traffic.end_all();
    } else if (state == State::healthy) {
      traffic.move(std::chrono::milliseconds(delay_ms_));
    }
  }
}

}  // namespace foyer::testing
