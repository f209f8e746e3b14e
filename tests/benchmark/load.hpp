// The load generator: thousands of non-blocking connections on one epoll loop in the caller's thread. The loop looks
// every 200 µs instead of being woken, so that the server under test pays for no wake-ups of its clients; clients on
// other machines cost it none either.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::benchmark {

std::int64_t now_ns();  // CLOCK_MONOTONIC
// As clients send it, masked with zeros; at most 65,535 bytes.
std::string masked_frame(int opcode, std::string_view text);
inline constexpr int opcode_text = 1;

class Connection {
 public:
  virtual ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool open() const { return descriptor_ >= 0; }

 protected:
  Connection() = default;
  // Bytes as they came; only valid during the call.
  virtual void on_bytes(std::string_view bytes) = 0;
  void send(std::string_view bytes);  // throws when the kernel does not take all: a load generator must not fall behind
  void close();

 private:
  friend class Loop;
  void on_ready();

  int descriptor_ = -1;
};

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Connects to loopback, from one of several loopback addresses, so that ports do not run out.
  void connect(Connection& connection, std::uint16_t port);
  // Until `done`, which is asked after each round; false when it does not hold in time.
  bool run(const std::function<bool()>& done, std::chrono::milliseconds patience);
  void run_for(std::chrono::milliseconds time);

 private:
  int epoll_;
  unsigned next_address_ = 0;
};

// Microseconds; buckets of 3 %.
class Latencies {
 public:
  void add(std::int64_t nanoseconds);
  double milliseconds(double quantile) const;  // 0 when there are none
  std::uint64_t count() const { return count_; }

 private:
  std::vector<std::uint64_t> buckets_ = std::vector<std::uint64_t>(2'048);
  std::uint64_t count_ = 0;
};

// Messages on their way to their subscribers. Each carries "~number:sent~" in its text.
class Deliveries {
 public:
  // The mark for the next message, which `receivers` are to get.
  std::string begin(std::size_t receivers);
  void note(std::string_view text);

  std::size_t under_way() const { return under_way_; }
  std::uint64_t delivered() const { return delivered_; }
  std::size_t messages() const { return missing_.size(); }
  const Latencies& latencies() const { return latencies_; }
  void forget_latencies() { latencies_ = {}; }

 private:
  std::vector<std::uint32_t> missing_;
  std::size_t under_way_ = 0;
  std::uint64_t delivered_ = 0;
  Latencies latencies_;
};

// A WebSocket client that counts marked messages. `ready` becomes true with the first text that contains `ready_mark`.
class Subscriber final : public Connection {
 public:
  struct Manner {
    std::string request;     // the upgrade
    std::string greeting;    // frames sent after it, or ""
    std::string ready_mark;  // "" when the upgrade is enough
    bool engine_io = false;  // answers "2" with "3", as Socket.IO wants
  };
  Subscriber(const Manner& manner, Deliveries& deliveries) : manner_(manner), deliveries_(deliveries) {}

  void start() { send(manner_.request); }
  void say(std::string_view text) { send(masked_frame(opcode_text, text)); }
  bool ready() const { return ready_; }
  std::size_t message_bytes() const { return message_bytes_; }  // of the last marked frame, with its head
  std::uint64_t heartbeats() const { return heartbeats_; }

 private:
  void on_bytes(std::string_view bytes) override;
  std::size_t take(std::string_view bytes);
  void on_frame(int opcode, std::string_view text, std::size_t size);

  const Manner& manner_;
  Deliveries& deliveries_;
  std::string kept_;
  std::size_t message_bytes_ = 0;
  std::uint64_t heartbeats_ = 0;
  bool upgraded_ = false;
  bool ready_ = false;
};

// One keep-alive HTTP connection with at most one request under way.
class Requester final : public Connection {
 public:
  bool idle() const { return !under_way_; }
  void request(std::string_view bytes);
  void request_head(std::string_view bytes);  // no body follows whatever the head says

  std::function<void(int status, std::int64_t nanoseconds)> on_answer;
  std::uint64_t answers() const { return answers_; }
  std::uint64_t refusals() const { return refusals_; }  // answers of 400 and above
  const std::string& last_head() const { return head_; }
  const std::string& last_body() const { return body_; }
  bool keep_bodies = false;

 private:
  void on_bytes(std::string_view bytes) override;
  void on_head();

  bool under_way_ = false;
  bool body_expected_ = true;
  std::int64_t begun_ = 0;
  std::size_t body_left_ = 0;
  int status_ = 0;
  std::uint64_t answers_ = 0;
  std::uint64_t refusals_ = 0;
  std::string head_;
  std::string body_;
};

}  // namespace foyer::benchmark
