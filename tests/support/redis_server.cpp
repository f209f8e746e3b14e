// RedisServer of services.hpp.
#include <array>
#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/child_process.hpp"
#include "tests/support/services.hpp"

namespace foyer::testing {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool answers_ping(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) {
    return false;
  }
  const timeval patience{.tv_sec = 1, .tv_usec = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const sockaddr_in address = loopback(port);
  std::array<char, 16> answer{};
  const std::string_view ping = "PING\r\n";
  const bool answered = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                        ::send(socket, ping.data(), ping.size(), MSG_NOSIGNAL) == std::ssize(ping) &&
                        ::recv(socket, answer.data(), answer.size(), 0) > 0;
  ::close(socket);
  return answered && std::string_view(answer.data()).starts_with("+PONG");
}

}  // namespace

RedisServer::RedisServer() : folder_(std::make_unique<ScratchFolder>()) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    port_ = free_port();
    if (try_start()) {
      return;
    }
  }
  throw std::runtime_error("redis-server did not start");
}

RedisServer::~RedisServer() = default;

bool RedisServer::try_start() {
  process_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"redis-server", "--port", std::to_string(port_), "--bind", "127.0.0.1", "--save", "",
                               "--appendonly", "no", "--dir", folder_->path()},
      folder_->path() / "log", SIGKILL);
  return eventually([this] { return !process_->running() || answers_ping(port_); }) && process_->running();
}

void RedisServer::start() {
  // The port is ours, but sockets of the old server may linger on it for a moment.
  if (!eventually([this] { return try_start(); })) {
    throw std::runtime_error("redis-server did not start again on port " + std::to_string(port_));
  }
}

void RedisServer::stop() { process_->end(SIGTERM); }

void RedisServer::kill() { process_->end(SIGKILL); }

void RedisServer::restart() {
  stop();
  start();
}

void RedisServer::signal(int number) { ::kill(process_->pid(), number); }

pid_t RedisServer::process() const { return process_->pid(); }

std::string RedisServer::url() const { return "redis://127.0.0.1:" + std::to_string(port_); }

}  // namespace foyer::testing
