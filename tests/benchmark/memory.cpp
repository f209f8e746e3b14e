// Memory: what an idle subscribed connection costs, and what it costs after traffic.
#include <iostream>

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
}

}  // namespace foyer::benchmark
