#include "tests/benchmark/load.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace foyer::benchmark {
namespace {

constexpr timespec between_looks{.tv_sec = 0, .tv_nsec = 200'000};
constexpr unsigned source_addresses = 8;
constexpr int steps_per_octave = 32;

sockaddr_in loopback(unsigned last_byte, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + last_byte);
  address.sin_port = htons(port);
  return address;
}

}  // namespace

std::int64_t now_ns() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

Connection::~Connection() { close(); }

void Connection::close() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    descriptor_ = -1;
  }
}

void Connection::send(std::string_view bytes) {
  if (::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != std::ssize(bytes)) {
    throw std::runtime_error("the server does not take what the load generator sends");
  }
}

void Connection::on_ready() {
  static std::array<char, 512UL * 1024> buffer;
  const ssize_t size = recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size > 0) {
    on_bytes({buffer.data(), static_cast<std::size_t>(size)});
  } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
    close();
  }
}

Loop::Loop() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

Loop::~Loop() { ::close(epoll_); }

void Loop::connect(Connection& connection, std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  const sockaddr_in from = loopback(1 + next_address_++ % source_addresses, 0);
  const sockaddr_in to = loopback(1, port);
  if (descriptor < 0 || setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on) != 0 ||
      bind(descriptor, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    throw std::runtime_error("no connection to port " + std::to_string(port) + ", error " + std::to_string(errno));
  }
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connection.close();
  connection.descriptor_ = descriptor;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &connection;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
}

bool Loop::run(const std::function<bool()>& done, std::chrono::milliseconds patience) {
  const std::int64_t deadline = now_ns() + std::chrono::nanoseconds(patience).count();
  std::array<epoll_event, 1024> ready{};
  while (!done()) {
    if (now_ns() > deadline) {
      return false;
    }
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 0);
    for (int at = 0; at < count; ++at) {
      static_cast<Connection*>(ready[static_cast<std::size_t>(at)].data.ptr)->on_ready();
    }
    if (count < std::ssize(ready)) {
      clock_nanosleep(CLOCK_MONOTONIC, 0, &between_looks, nullptr);
    }
  }
  return true;
}

void Loop::run_for(std::chrono::milliseconds time) {
  run([] { return false; }, time);
}

void Latencies::add(std::int64_t nanoseconds) {
  const auto microseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds / 1'000, 1));
  const int octave =
      std::max(static_cast<int>(std::bit_width(microseconds)) - 6, 0);  // 32 steps from 32 µs on, exact below
  const std::size_t bucket = static_cast<std::size_t>(octave * steps_per_octave) + (microseconds >> octave);
  ++buckets_[std::min(bucket, buckets_.size() - 1)];
  ++count_;
}

double Latencies::milliseconds(double quantile) const {
  auto wanted = static_cast<std::uint64_t>(quantile * static_cast<double>(count_));
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    if (buckets_[bucket] > wanted) {
      const std::size_t octave = bucket < 2 * steps_per_octave ? 0 : bucket / steps_per_octave - 1;
      return static_cast<double>((bucket - octave * steps_per_octave) << octave) / 1'000;
    }
    wanted -= buckets_[bucket];
  }
  return 0;
}

std::string Deliveries::begin(std::size_t receivers) {
  missing_.push_back(static_cast<std::uint32_t>(receivers));
  ++under_way_;
  return "~" + std::to_string(missing_.size() - 1) + ":" + std::to_string(now_ns()) + "~";
}

void Deliveries::note(std::string_view text) {
  const std::size_t mark = text.find('~');
  if (mark == std::string_view::npos) {
    return;
  }
  std::size_t number = 0;
  std::int64_t sent = 0;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data() + mark + 1, end, number);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':' || number >= missing_.size() ||
      std::from_chars(first.ptr + 1, end, sent).ec != std::errc{}) {
    return;
  }
  if (missing_[number] == 0) {
    throw std::runtime_error("message " + std::to_string(number) + " was delivered more often than it has subscribers");
  }
  ++delivered_;
  latencies_.add(now_ns() - sent);
  under_way_ -= --missing_[number] == 0 ? 1 : 0;
}

}  // namespace foyer::benchmark
