// How many files and sockets this process may have open. Systems keep the soft limit low for programs that use
// select(); a node with thousands of readers takes all that its hard limit allows.
#pragma once

#include <cstdint>

namespace foyer::runtime {

// Raises the soft limit to the hard one; returns what holds now. Called once, at start.
std::int64_t raise_open_files();

}  // namespace foyer::runtime
