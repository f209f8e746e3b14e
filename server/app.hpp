// One node: everything it is made of, in dependency order, and the ordered way down. A worker process of
// `foyer serve --workers N` is a node like any other.
#pragma once

#include <string>

#include "server/config.hpp"

namespace foyer {

struct NodePlace {
  std::string name;         // unique among running nodes
  int worker = 0;           // 0-based; metrics are served on metrics_listen.port + worker
  bool share_port = false;  // several workers on one port
};

// Runs until SIGTERM or SIGINT and has then drained (in about limits::exit_seconds at most); a second signal ends it at
// once. Returns the exit code; start-up failures are one line on standard error and exit code 1.
int run_node(const Config& config, const NodePlace& place);

}  // namespace foyer
