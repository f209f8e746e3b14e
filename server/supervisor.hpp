// `foyer serve --workers N`: N node processes on one port (SO_REUSEPORT). Starts them again when they die, with
// growing pauses, and hands SIGTERM and SIGINT on. Must run before any thread exists, as it forks.
#pragma once

#include "server/config.hpp"

namespace foyer {

// Returns the exit code: 0 after a signal when every worker ended well.
int run_workers(Config config);

}  // namespace foyer
