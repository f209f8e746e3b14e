// `foyer verify delivery`: the promise of delivery, tried on a running installation from outside. Clients follow
// threads over WebSocket while writers post, edit, remove, restore and lock over HTTP and connections are cut; at the
// end every client must hold, event by event, what the installation says it holds. Knows the wire only: no database,
// no settings, nothing of the server's own network code.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace foyer::verify {

struct DeliveryOptions {
  std::vector<std::string> nodes;  // "http://host:port" or "https://…"; at most limits::verify_nodes_max
  std::string token;
  int clients = 200;  // each at most its maximum in limits.hpp
  int seconds = 30;
  int threads = 4;
  int writers = 8;
  std::optional<std::uint64_t> seed;
};

// Runs on the calling thread until done, bounded by options.seconds and the times of limits.hpp. Prints the seed, then
// one line per promise, then a line that sums up. 0: all kept; 1: a breach; 2: it could not run, with the reason.
int run_delivery(const DeliveryOptions& options, std::ostream& out);

}  // namespace foyer::verify
