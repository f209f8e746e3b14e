// A TCP link between two processes on loopback that a test can break: one port in front of another one. One thread of
// its own; a switch takes effect at once.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>

namespace foyer::testing {

class TcpProxy {
 public:
  explicit TcpProxy(std::uint16_t target);  // starts; throws std::runtime_error when there is no port
  ~TcpProxy();                              // cuts
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;

  std::uint16_t port() const { return port_; }

  void cut();                                      // connections are closed, new ones as soon as they come
  void delay(std::chrono::milliseconds how_long);  // every byte, both ways
  void half_open();                                // connections stay and come, nothing moves
  void heal();

 private:
  enum class State { healthy, cut, half_open };
  class Traffic;

  void run();

  int listener_ = -1;
  std::uint16_t port_ = 0;
  const std::uint16_t target_;
  std::atomic<State> state_ = State::healthy;
  std::atomic<std::int64_t> delay_ms_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace foyer::testing
