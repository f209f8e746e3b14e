// What the fault rig breaks: two nodes, durable PostgreSQL, Redis and a link from each node to it. One thread: a node
// dies with the thread that started it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "tests/faults/schedule.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/tcp_proxy.hpp"

namespace foyer::testing {

struct Damage {
  std::int64_t crashes = 0;  // of a node, by itself
  std::int64_t bad_exits = 0;
  std::chrono::milliseconds longest_exit{0};  // from SIGTERM to the end
};

class Installation {
 public:
  explicit Installation(PostgresServer::Safety safety);

  Forum& forum() { return forum_; }
  void strike(const Strike& strike);
  // False while it cannot be healed yet: a node that was told to go has not gone.
  bool heal(const Strike& strike);
  bool ready(std::size_t node);
  // Also nodes that ended though nobody struck them.
  Damage damage();
  std::int64_t sanitizer_reports();

 private:
  struct Leaving {
    std::chrono::steady_clock::time_point since;
  };

  void strike_node(std::size_t node, Fault fault);
  bool heal_node(std::size_t node, Fault fault);
  void strike_link(TcpProxy& link, Fault fault);
  void expect_running(std::size_t node);
  void note_exit(std::size_t node, int code);

  PostgresServer postgres_;
  Forum forum_;
  std::array<std::unique_ptr<TcpProxy>, 2> links_;
  std::array<std::optional<Leaving>, 2> leaving_;
  Damage damage_;
};

}  // namespace foyer::testing
