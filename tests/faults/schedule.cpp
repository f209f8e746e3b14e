#include "tests/faults/schedule.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <span>
#include <utility>

namespace foyer::testing {
namespace {

using std::chrono::milliseconds;

constexpr std::array process_faults{Fault::kill, Fault::freeze, Fault::restart};
constexpr std::array link_faults{Fault::cut, Fault::delay, Fault::half_open};

struct Habit {
  Target target;
  std::span<const Fault> faults;
  milliseconds pause_min;  // between two strikes
  milliseconds pause_max;
};

constexpr std::array<Habit, target_count> habits{{
    {Target::first_node, process_faults, milliseconds{2'000}, milliseconds{7'000}},
    {Target::second_node, process_faults, milliseconds{2'000}, milliseconds{7'000}},
    {Target::first_link, link_faults, milliseconds{1'000}, milliseconds{6'000}},
    {Target::second_link, link_faults, milliseconds{1'000}, milliseconds{6'000}},
    {Target::redis, process_faults, milliseconds{3'000}, milliseconds{8'000}},
    {Target::postgres, process_faults, milliseconds{5'000}, milliseconds{12'000}},
}};

// Not a standard distribution: those may differ from one library to the next, and a seed must not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  milliseconds between(milliseconds least, milliseconds most) {
    return least + milliseconds(below(static_cast<std::uint64_t>((most - least).count()) + 1));
  }

 private:
  std::mt19937_64 engine_;
};

void strike_target(const Habit& habit, Dice dice, milliseconds span, Schedule& schedule) {
  constexpr milliseconds shortest{200};
  milliseconds at = dice.between(milliseconds{500}, habit.pause_max);
  for (;;) {
    const Fault fault = habit.faults[dice.below(habit.faults.size())];
    const milliseconds lasts = dice.between(shortest, longest_strike);
    if (at + lasts >= span) {
      return;
    }
    schedule.push_back({at, lasts, habit.target, fault});
    at += lasts + dice.between(habit.pause_min, habit.pause_max);
  }
}

}  // namespace

std::string_view name_of(Target target) {
  constexpr std::array<std::string_view, target_count> names{"node 1",         "node 2", "link of node 1",
                                                             "link of node 2", "Redis",  "PostgreSQL"};
  return names.at(static_cast<std::size_t>(target));
}

std::string_view name_of(Fault fault) {
  constexpr std::array<std::string_view, 6> names{"kill", "freeze", "restart", "cut", "delay", "half open"};
  return names.at(static_cast<std::size_t>(fault));
}

Schedule random_schedule(std::uint64_t seed, milliseconds span) {
  Schedule schedule;
  for (const Habit& habit : habits) {
    strike_target(habit, Dice{seed * target_count + static_cast<std::uint64_t>(habit.target)}, span, schedule);
  }
  std::ranges::sort(schedule, {}, [](const Strike& strike) { return std::pair(strike.at, strike.target); });
  return schedule;
}

Schedule rolling_restart() {
  return {{milliseconds{2'000}, milliseconds{500}, Target::first_node, Fault::restart},
          {milliseconds{9'000}, milliseconds{500}, Target::second_node, Fault::restart}};
}

}  // namespace foyer::testing
