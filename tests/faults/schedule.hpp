// What breaks when in one run of the fault rig: a pure function of the seed. Each target has a timeline of its own, so
// that several are broken at a time but none twice.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace foyer::testing {

enum class Target { first_node, second_node, first_link, second_link, redis, postgres };
inline constexpr std::size_t target_count = 6;

enum class Fault {
  kill,       // SIGKILL, started again at the end
  freeze,     // SIGSTOP, SIGCONT at the end
  restart,    // SIGTERM, started again when it has ended
  cut,        // a link: connections are reset, new ones refused
  delay,      // a link: every byte comes later
  half_open,  // a link: connections stay and nothing moves
};

std::string_view name_of(Target target);
std::string_view name_of(Fault fault);

struct Strike {
  std::chrono::milliseconds at;     // from the start of the run
  std::chrono::milliseconds lasts;  // then it is healed
  Target target;
  Fault fault;

  bool operator==(const Strike&) const = default;
};

using Schedule = std::vector<Strike>;  // by time

// No strike lasts longer than this, so that a client's patience can be longer.
inline constexpr std::chrono::milliseconds longest_strike{3'000};

// Random faults on all targets, each healed before `span` is over.
Schedule random_schedule(std::uint64_t seed, std::chrono::milliseconds span);

// What an operator does with a new version: one node after the other.
Schedule rolling_restart();

}  // namespace foyer::testing
