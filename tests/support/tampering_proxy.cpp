#include "tests/support/tampering_proxy.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace foyer::testing {
namespace {

struct Ended {};  // of a connection

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void send_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      throw Ended{};
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void receive_more(int descriptor, std::string& kept) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::recv(descriptor, buffer.data(), buffer.size(), 0);
  if (count <= 0) {
    throw Ended{};
  }
  kept.append(buffer.data(), static_cast<std::size_t>(count));
}

std::string take(int descriptor, std::string& kept, std::size_t count) {
  while (kept.size() < count) {
    receive_more(descriptor, kept);
  }
  std::string bytes = kept.substr(0, count);
  kept.erase(0, count);
  return bytes;
}

std::string take_head(int descriptor, std::string& kept) {
  std::size_t end = 0;
  while ((end = kept.find("\r\n\r\n")) == std::string::npos) {
    receive_more(descriptor, kept);
  }
  return take(descriptor, kept, end + 4);
}

std::size_t body_length(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::strtoull(head.c_str() + at + 16, nullptr, 10);
}

std::string frame_of(char first, const std::string& payload) {
  std::string bytes(1, first);
  if (payload.size() < 126) {
    bytes += static_cast<char>(payload.size());
  } else {
    bytes += static_cast<char>(payload.size() < 65536 ? 126 : 127);
    for (int shift = payload.size() < 65536 ? 8 : 56; shift >= 0; shift -= 8) {
      bytes += static_cast<char>((static_cast<std::uint64_t>(payload.size()) >> shift) & 255);
    }
  }
  return bytes + payload;
}

}  // namespace

TamperingProxy::TamperingProxy(std::uint16_t node_port, Tampering tampering)
    : node_port_(node_port), tampering_(std::move(tampering)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, SOMAXCONN) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

TamperingProxy::~TamperingProxy() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
    for (const int descriptor : open_) {
      ::shutdown(descriptor, SHUT_RDWR);
    }
  }
  for (std::thread& thread : threads_) {
    thread.join();
  }
  ::close(listener_);
}

void TamperingProxy::accept_all() {
  for (;;) {
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client < 0) {
      return;
    }
    watch(client);
    const std::lock_guard lock{mutex_};
    threads_.emplace_back([this, client] { serve(client); });
  }
}

void TamperingProxy::watch(int descriptor) {
  const std::lock_guard lock{mutex_};
  open_.insert(descriptor);
  if (ending_) {
    ::shutdown(descriptor, SHUT_RDWR);
  }
}

void TamperingProxy::forget(int descriptor) {
  const std::lock_guard lock{mutex_};
  open_.erase(descriptor);
  ::close(descriptor);
}

int TamperingProxy::connect_to_node() {
  const int node = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback(node_port_);
  watch(node);
  ::connect(node, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return node;
}

void TamperingProxy::serve(int client) {
  const int node = connect_to_node();
  std::string from_client;
  std::string from_node;
  try {
    for (;;) {
      const std::string head = take_head(client, from_client);
      const std::string body = take(client, from_client, body_length(head));
      const std::string line = head.substr(0, head.find('\r'));
      {
        const std::lock_guard lock{mutex_};
        const auto lie = tampering_.answer ? tampering_.answer(line, earlier_) : std::nullopt;
        if (lie) {
          send_all(client, "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: " +
                               std::to_string(lie->size()) + "\r\n\r\n" + *lie);
          continue;
        }
      }
      send_all(node, head + body);
      const std::string answer_head = take_head(node, from_node);
      if (answer_head.starts_with("HTTP/1.1 101")) {
        send_all(client, answer_head);
        serve_live(client, node, std::move(from_node));
        break;
      }
      const std::string answer_body = take(node, from_node, body_length(answer_head));
      send_all(client, answer_head + answer_body);
      if (line.starts_with("POST ") && line.find("/posts ") != std::string::npos &&
          answer_head.starts_with("HTTP/1.1 201")) {
        const std::lock_guard lock{mutex_};
        earlier_ = answer_body;
      }
    }
  } catch (const Ended&) {
  }
  forget(client);
  forget(node);
}

void TamperingProxy::serve_live(int client, int node, std::string kept) {
  std::thread upwards([client, node] {
    try {
      for (;;) {
        std::string bytes;
        receive_more(client, bytes);
        send_all(node, bytes);
      }
    } catch (const Ended&) {
      ::shutdown(node, SHUT_RDWR);
    }
  });
  try {
    int connection = 0;
    {
      const std::lock_guard lock{mutex_};
      connection = upgrades_++;
    }
    for (;;) {
      const std::string head = take(node, kept, 2);
      std::uint64_t length = static_cast<std::uint8_t>(head[1]);
      if (length >= 126) {
        const std::string more = take(node, kept, length == 126 ? 2 : 8);
        length = 0;
        for (const char byte : more) {
          length = length << 8 | static_cast<std::uint8_t>(byte);
        }
      }
      const std::string payload = take(node, kept, length);
      constexpr int opcode_text = 1;
      std::vector<std::string> messages{payload};
      if ((head[0] & 15) == opcode_text && tampering_.message) {
        const std::lock_guard lock{mutex_};
        messages = tampering_.message(connection, payload);
      }
      for (const std::string& message : messages) {
        send_all(client, frame_of(head[0], message));
      }
    }
  } catch (const Ended&) {
    ::shutdown(client, SHUT_RDWR);
  }
  upwards.join();
}

}  // namespace foyer::testing
