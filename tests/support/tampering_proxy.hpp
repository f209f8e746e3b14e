// A proxy before a node that lies on purpose: what checks the node from outside must notice. It hands every text
// message of a live channel, and every request over HTTP, to the test. Loopback only; connections end with it.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace foyer::testing {

struct Tampering {
  // What the client gets instead of one text message, in order. `connection` counts from 0 in the order of upgrades.
  std::function<std::vector<std::string>(int connection, const std::string& message)> message = {};
  // A whole answer instead of asking the node, or nothing. `earlier` is the body of the last 201 to a like request.
  std::function<std::optional<std::string>(const std::string& request_line, const std::string& earlier)> answer = {};
};

class TamperingProxy {
 public:
  // The functions are called by one thread at a time.
  TamperingProxy(std::uint16_t node_port, Tampering tampering);
  ~TamperingProxy();
  TamperingProxy(const TamperingProxy&) = delete;
  TamperingProxy& operator=(const TamperingProxy&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  void accept_all();
  void serve(int client);
  void serve_live(int client, int node, std::string kept);
  int connect_to_node();
  void watch(int descriptor);
  void forget(int descriptor);

  std::uint16_t node_port_;
  Tampering tampering_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::mutex mutex_;  // of all below
  std::set<int> open_;
  std::list<std::thread> threads_;
  std::string earlier_;
  int upgrades_ = 0;
  bool ending_ = false;
  std::thread acceptor_;
};

}  // namespace foyer::testing
