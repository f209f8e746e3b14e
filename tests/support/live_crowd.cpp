#include "tests/support/live_crowd.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace foyer::testing {
namespace {

constexpr int opcode_text = 1;
constexpr int opcode_close = 8;
constexpr int opcode_ping = 9;
constexpr int opcode_pong = 10;
constexpr int small_window = 4096;  // of a member that does not read, so that few bytes make it slow
constexpr int ended_without_a_word = 1006;

std::string upgrade_request(std::uint16_t port) {
  const std::string host = "127.0.0.1:" + std::to_string(port);
  return "GET /live HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: foyer.v1\r\n\r\n";
}

// Masked with zeros; the payload is shorter than 126 bytes.
void send_frame(int descriptor, int opcode, std::string_view payload) {
  std::string frame{static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | payload.size())};
  frame.append(4, '\0').append(payload);
  send(descriptor, frame.data(), frame.size(), MSG_NOSIGNAL);
}

std::string subscription(const LiveCrowd::Member& member) {
  std::string text = R"({"type":"subscribe","id":1,"channel":")" + member.channel + '"';
  return text += member.since ? ",\"since\":" + std::to_string(*member.since) + "}" : "}";
}

std::int64_t number_after(std::string_view text, std::string_view name) {
  std::int64_t number = -1;
  if (const auto at = text.find(name); at != std::string_view::npos) {
    std::from_chars(text.data() + at + name.size(), text.data() + text.size(), number);
  }
  return number;
}

struct Frame {
  int opcode = 0;
  std::string_view payload;
  std::size_t size = 0;  // with its head
};

// Empty when it is not all there yet. Servers do not mask.
std::optional<Frame> first_frame(std::string_view bytes) {
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])); };
  if (bytes.size() < 2) {
    return std::nullopt;
  }
  std::size_t length = byte(1) & 0x7f;
  std::size_t head = 2;
  if (const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0; more > 0) {
    if (bytes.size() < head + more) {
      return std::nullopt;
    }
    length = 0;
    for (std::size_t at = 0; at < more; ++at) {
      length = length << 8 | byte(head + at);
    }
    head += more;
  }
  if (bytes.size() < head + length) {
    return std::nullopt;
  }
  return Frame{static_cast<int>(byte(0) & 0x0f), bytes.substr(head, length), head + length};
}

}  // namespace

void raise_open_files() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

LiveCrowd::LiveCrowd() : epoll_(epoll_create1(EPOLL_CLOEXEC)) { raise_open_files(); }

LiveCrowd::~LiveCrowd() {
  for (Member& member : members_) {
    cut(member);
  }
  close(epoll_);
}

LiveCrowd::Member& LiveCrowd::add(std::string channel, std::optional<std::int64_t> since) {
  Member& member = members_.emplace_back();
  member.channel = std::move(channel);
  member.since = since;
  return member;
}

void LiveCrowd::connect(std::uint16_t port) {
  port_ = port;
  for (Member& member : members_) {
    if (member.state == Member::State::idle) {
      begin(member, port);
    }
  }
}

void LiveCrowd::begin(Member& member, std::uint16_t port) {
  member.descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (member.descriptor < 0) {
    throw std::runtime_error("no socket for the crowd: descriptors have run out");
  }
  if (!member.reads) {
    setsockopt(member.descriptor, SOL_SOCKET, SO_RCVBUF, &small_window, sizeof small_window);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  member.subscribed = false;
  member.closed = 0;
  member.received.clear();
  member.state = Member::State::connecting;
  if (::connect(member.descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 &&
      errno != EINPROGRESS) {
    end(member, ended_without_a_word);
    return;
  }
  wait_for(member, EPOLLOUT, false);
}

void LiveCrowd::wait_for(Member& member, std::uint32_t events, bool known) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = static_cast<std::uint64_t>(&member - members_.data());
  epoll_ctl(epoll_, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, member.descriptor, &event);
}

bool LiveCrowd::run(const std::function<bool()>& done, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::array<epoll_event, 256> ready{};
  while (!done()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 20);
    for (int at = 0; at < count; ++at) {
      on_ready(members_[ready[static_cast<std::size_t>(at)].data.u64]);
    }
  }
  return true;
}

void LiveCrowd::on_ready(Member& member) {
  if (member.state == Member::State::connecting) {
    const std::string request = upgrade_request(port_);
    const bool sent = send(member.descriptor, request.data(), request.size(), MSG_NOSIGNAL) == std::ssize(request);
    if (!sent) {
      end(member, ended_without_a_word);
      return;
    }
    member.state = Member::State::upgrading;
    wait_for(member, EPOLLIN, true);
  } else if (member.state != Member::State::idle) {
    const bool only_ended = member.subscribed && !member.reads;
    only_ended ? end(member, ended_without_a_word) : receive(member);
  }
}

void LiveCrowd::receive(Member& member) {
  static std::array<char, 256UL * 1024> buffer;
  const ssize_t size = recv(member.descriptor, buffer.data(), buffer.size(), 0);
  if (size > 0) {
    member.received.append(buffer.data(), static_cast<std::size_t>(size));
    if (member.state == Member::State::upgrading) {
      take_upgrade(member);
    }
    if (member.state == Member::State::open) {
      take_frames(member);
    }
  } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
    end(member, ended_without_a_word);
  }
}

void LiveCrowd::take_upgrade(Member& member) {
  const auto head = member.received.find("\r\n\r\n");
  if (head == std::string::npos) {
    return;
  }
  if (!member.received.starts_with("HTTP/1.1 101")) {
    member.breach = member.received.substr(0, 40);
    end(member, ended_without_a_word);
    return;
  }
  member.received.erase(0, head + 4);
  member.state = Member::State::open;
  send_frame(member.descriptor, opcode_text, subscription(member));
}

void LiveCrowd::take_frames(Member& member) {
  std::size_t taken = 0;
  while (const auto frame = first_frame(std::string_view(member.received).substr(taken))) {
    taken += frame->size;
    if (frame->opcode == opcode_text) {
      take_text(member, frame->payload);
    } else if (frame->opcode == opcode_ping) {
      send_frame(member.descriptor, opcode_pong, frame->payload);
    } else if (frame->opcode == opcode_close) {
      const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(frame->payload[at]); };
      end(member, frame->payload.size() < 2 ? 1005 : byte(0) << 8 | byte(1));
      return;
    }
    if (member.subscribed && !member.reads) {
      wait_for(member, 0, true);
      break;
    }
  }
  member.received.erase(0, taken);
}

void LiveCrowd::take_text(Member& member, std::string_view text) {
  constexpr std::string_view event = R"({"type":"event")";
  const auto fail = [&](const std::string& what) {
    member.breach = member.breach.empty() ? member.channel + ": " + what : member.breach;
  };
  if (text.starts_with(R"({"type":"subscribed")")) {
    member.subscribed = true;
    member.since = member.since ? member.since : number_after(text, "\"seq\":");
    if (text.find("\"resync\":true") != std::string_view::npos) {
      fail("resync");
    }
  } else if (text.starts_with(event)) {
    const std::int64_t seq = number_after(text, "\"seq\":");
    if (!member.subscribed || seq != *member.since + 1) {
      fail("seq " + std::to_string(seq) + " after " + std::to_string(member.since.value_or(-1)));
    }
    member.since = seq;
    if (on_event) {
      on_event(member, text);
    }
  } else if (text.starts_with(R"({"type":"error")") || text.starts_with(R"({"type":"unsubscribed")")) {
    fail(std::string(text));
  }
}

void LiveCrowd::read_again(Member& member) {
  member.reads = true;
  if (member.state == Member::State::open) {
    take_frames(member);
    wait_for(member, EPOLLIN, true);
  }
}

void LiveCrowd::cut(Member& member) { end(member, ended_without_a_word); }

void LiveCrowd::end(Member& member, int code) {
  if (member.state != Member::State::idle) {
    close(member.descriptor);
    member.state = Member::State::idle;
    member.closed = code;
    member.received.clear();
  }
}

std::string LiveCrowd::breach() const {
  const auto found = std::ranges::find_if(members_, [](const Member& member) { return !member.breach.empty(); });
  return found == members_.end() ? "" : found->breach;
}

}  // namespace foyer::testing
