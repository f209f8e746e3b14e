// Memory: what an idle subscribed connection costs, what it costs after traffic, and whether as many as a node takes
// stay alive.
#include <algorithm>
#include <array>
#include <csignal>
#include <iostream>
#include <stdexcept>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/benchmark/live_load.hpp"
#include "tests/benchmark/sections.hpp"

namespace foyer::benchmark {
namespace {

constexpr std::size_t connections = 10'000;
constexpr std::size_t topics = 100;

void measure(Report& report, Subject& subject) {
  const std::string work = "memory, 10,000 subscribed connections over 100 channels";
  std::cerr << work << ": " << subject.name() << std::endl;
  const std::int64_t empty = resident_bytes(subject.server_process());
  LiveLoad load(subject, topics, connections / topics);
  const std::int64_t idle = resident_bytes(subject.server_process());
  load.in_flight(16, 2);
  const std::int64_t after = resident_bytes(subject.server_process());
  const auto each = [&](std::int64_t bytes) { return static_cast<double>(bytes - empty) / connections; };
  report.add(work, subject.name(), {{"bytes per connection", each(idle)}, {"after traffic", each(after)}});
  if (subject.name() == "Foyer") {
    report.goal_at_most(work + ": bytes per idle connection", each(idle), 6.5 * 1024);
    report.goal_at_most(work + ": after traffic against idle", each(after) / each(idle), 1.2);
  }
}

constexpr std::size_t held_processes = 3;
constexpr std::size_t held_by_each = 5'000;
constexpr auto held_for = std::chrono::minutes(10);

struct Held {
  std::size_t alive = 0;
  std::uint64_t fewest_heartbeats = 0;
};

// One of the processes that hold connections: a process may have no more open files than the system lets it.
Held hold(const Subject& subject) {
  Loop loop;
  Deliveries deliveries;
  const Subscriber::Manner manner = subject.manner(0);
  std::vector<std::unique_ptr<Subscriber>> subscribers;
  for (std::size_t at = 0; at < held_by_each; ++at) {
    subscribers.push_back(std::make_unique<Subscriber>(manner, deliveries));
    loop.connect(*subscribers.back(), subject.port());
    subscribers.back()->start();
    if (at % 64 == 63) {
      loop.run_for(std::chrono::milliseconds(0));
    }
  }
  loop.run_for(held_for);
  Held held{.alive = 0, .fewest_heartbeats = UINT64_MAX};
  for (const auto& subscriber : subscribers) {
    held.alive += subscriber->open() && subscriber->ready() ? 1 : 0;
    held.fewest_heartbeats = std::min(held.fewest_heartbeats, subscriber->heartbeats());
  }
  return held;
}

struct Holder {
  pid_t process;
  int result;  // a pipe that gives its Held
};

Holder start_holder(const Subject& subject) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) {
    throw std::runtime_error("no pipe");
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    Held held;
    try {
      held = hold(subject);
    } catch (const std::exception& failure) {
      std::cerr << "  " << failure.what() << std::endl;
    }
    ::_exit(::write(ends[1], &held, sizeof held) == sizeof held ? 0 : 1);
  }
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    throw std::runtime_error("no process");
  }
  return {child, ends[0]};
}

void hold_many(Report& report) {
  const std::string work = "memory, 15,000 connections held on one worker for 10 minutes by three processes";
  std::cerr << work << std::endl;
  FoyerSubject foyer(1);
  const std::int64_t empty = resident_bytes(foyer.server_process());
  std::vector<Holder> holders;
  for (std::size_t at = 0; at < held_processes; ++at) {
    holders.push_back(start_holder(foyer));
  }
  const ProcessorTime time({{"server", foyer.server_process()}});
  Held all{.alive = 0, .fewest_heartbeats = UINT64_MAX};
  std::int64_t resident = 0;
  for (const Holder& holder : holders) {
    Held held;
    const bool told = ::read(holder.result, &held, sizeof held) == sizeof held;  // waits
    ::close(holder.result);
    ::waitpid(holder.process, nullptr, 0);
    resident = std::max(resident, resident_bytes(foyer.server_process()));
    all.alive += told ? held.alive : 0;
    all.fewest_heartbeats = std::min(all.fewest_heartbeats, held.fewest_heartbeats);
  }
  constexpr double asked = held_processes * held_by_each;
  report.add(work, "Foyer",
             {{"connections alive", static_cast<double>(all.alive)},
              {"heartbeats, the fewest", static_cast<double>(all.fewest_heartbeats)},
              {"bytes per connection", static_cast<double>(resident - empty) / asked},
              {"processor, percent", static_cast<double>(time.used_ns().at("server")) / 1e7 /
                                         std::chrono::duration<double>(held_for).count()}});
  report.goal_at_least(work + ": alive", static_cast<double>(all.alive), asked);
}

}  // namespace

void bench_memory(const Options& options, Report& report) {
  FoyerSubject foyer(topics);
  measure(report, foyer);
  if (options.with_peers) {
    for (const auto& peer : peers()) {
      try {
        PeerSubject subject(peer, 600);
        measure(report, subject);
      } catch (const std::exception& failure) {
        std::cerr << "  " << failure.what() << std::endl;
      }
    }
  }
  hold_many(report);
}

}  // namespace foyer::benchmark
