// A reader of the fault rig: follows all threads over one socket as a browser does, comes back to any node with what it
// has, reloads over HTTP when told to, and keeps a protocol of all it applied.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>

#include <boost/json/object.hpp>

#include "tests/faults/traffic.hpp"
#include "tests/support/live_client.hpp"

namespace foyer::testing {

class Subscriber {
 public:
  Subscriber(Traffic& traffic, std::uint64_t seed);

  void follow();  // until traffic.give_up
  bool reached(const std::map<std::int64_t, std::int64_t>& heads);
  std::map<std::int64_t, Followed> followed();

 private:
  void connect_and_read();
  void subscribe_all(LiveClient& socket);
  void read_until_tired(LiveClient& socket);
  void take(const boost::json::object& message);
  void apply(std::int64_t thread, const boost::json::object& event);
  void reload(std::int64_t thread);
  std::int64_t last_seq(std::int64_t thread);

  Traffic& traffic_;
  std::mt19937_64 random_;
  std::uint16_t port_ = 0;
  std::chrono::milliseconds slot_{0};  // of a goodbye; 0: none was said
  std::mutex mutex_;
  std::map<std::int64_t, Followed> followed_;  // under the mutex, as are the heads
  std::map<std::int64_t, std::int64_t> last_;
};

}  // namespace foyer::testing
