// Live: each change to every screen.
#include <algorithm>
#include <functional>
#include <iostream>

#include "tests/benchmark/live_load.hpp"
#include "tests/benchmark/sections.hpp"

namespace foyer::benchmark {
namespace {

const std::string cost = "server µs per unit";
const std::string one_send = "limit: one send";
constexpr std::size_t crowd = 1'000;
constexpr std::size_t wide_topics = 1'000;
constexpr std::size_t wide_readers = 10;
constexpr std::size_t wide_window = 100;
constexpr double busy_rate = 150;

using Measure = std::function<Figures(LiveLoad&)>;

// Everybody in turn, again and again: what the machine does in between hits all alike.
class Line {
 public:
  Line(const Options& options, Report& report) : options_(options), report_(report) {}
  void add(std::unique_ptr<Subject> subject) { subjects_.push_back(std::move(subject)); }

  void run(const std::string& work, std::size_t topics, std::size_t readers, const Measure& measure) {
    const bool wanted = work.find(options_.only) != std::string::npos;
    for (int round = 0; wanted && round < options_.rounds; ++round) {
      for (const auto& subject : subjects_) {
        std::cerr << work << ", round " << round + 1 << ": " << subject->name() << std::endl;
        try {
          LiveLoad load(*subject, topics, readers);
          report_.add(work, subject->name(), measure(load));
        } catch (const std::exception& failure) {
          std::cerr << "  " << failure.what() << std::endl;
        }
      }
    }
  }

 private:
  const Options& options_;
  Report& report_;
  std::vector<std::unique_ptr<Subject>> subjects_;
};

std::size_t message_bytes_of(FoyerSubject& foyer) {
  Loop loop;
  return foyer.message_bytes(loop);
}

Line everybody(const Options& options, Report& report, FoyerSubject*& foyer, std::size_t topics, int workers) {
  Line line(options, report);
  auto ours = std::make_unique<FoyerSubject>(topics, workers);
  foyer = ours.get();
  const std::size_t bytes = message_bytes_of(*foyer);
  line.add(std::move(ours));
  for (const auto& limit : limits()) {
    line.add(std::make_unique<PeerSubject>(limit, bytes));
  }
  if (options.with_peers) {
    for (const auto& peer : peers()) {
      line.add(std::make_unique<PeerSubject>(peer, bytes));
    }
  }
  return line;
}

void goal(Report& report, const std::string& work, const std::string& text, double bound) {
  report.goal_at_most(work + ": " + text, report.ratio(work, "Foyer", one_send, cost), bound);
}

void against_peers(Report& report, const std::string& work, double nchan, double socket_io) {
  const std::string figure = "deliveries per server CPU s";
  for (const auto& [peer, bound] : {std::pair{"nchan with Redis", nchan}, {"Socket.IO with Redis", socket_io}}) {
    if (report.has(work, peer)) {
      report.goal_at_least(work + ": deliveries per CPU second against " + peer,
                           report.ratio(work, "Foyer", peer, figure), bound);
    }
  }
}

void bench_one_channel(const Options& options, Report& report) {
  FoyerSubject* foyer = nullptr;
  Line line = everybody(options, report, foyer, 1, 1);
  const std::string quiet = "live, quiet: 1,000 subscribers, one message in flight";
  const std::string busy = "live, busy: 1,000 subscribers, 150 messages/s";
  const std::string burst = "live, burst: 1,000 subscribers, 16 messages in flight";
  line.run(quiet, 1, crowd, [&](LiveLoad& load) { return load.in_flight(1, options.seconds); });
  line.run(busy, 1, crowd, [&](LiveLoad& load) { return load.at_rate(busy_rate, options.seconds); });
  line.run(burst, 1, crowd, [&](LiveLoad& load) { return load.in_flight(16, options.seconds); });
  const std::string by_socket = "Foyer, posted by frames on eight sockets";
  for (int round = 0; busy.find(options.only) != std::string::npos && round < options.rounds; ++round) {
    std::cerr << busy << ", round " << round + 1 << ": " << by_socket << std::endl;
    LiveLoad load(*foyer, 1, crowd);
    report.add(busy, by_socket,
               load.from_sockets(busy_rate, options.seconds, foyer->author_manner(0),
                                 [&](std::size_t topic, const auto& mark) { return foyer->post_frame(topic, mark); }));
  }
  goal(report, quiet, "CPU per delivery against one send", 1.2);
  goal(report, busy, "CPU per delivery against one send", 0.45);
  report.goal_at_most(busy + ": p99 ms from the request", report.median(busy, "Foyer", "p99 ms"), 50);
  goal(report, burst, "CPU per delivery against one send", 0.3);
}

void bench_wide(const Options& options, Report& report) {
  FoyerSubject* foyer = nullptr;
  Line line = everybody(options, report, foyer, wide_topics, 1);
  const std::string whole = "live, wide: 1,000 channels of 10 subscribers, 100 messages in flight";
  line.run(whole, wide_topics, wide_readers,
           [&](LiveLoad& load) { return load.in_flight(wide_window, options.seconds); });
  goal(report, whole, "CPU per delivery against one send", 2);
  const std::string injected = "Foyer, injected through Redis";
  if (injected.find(options.only) == std::string::npos && whole.find(options.only) == std::string::npos) {
    return;
  }
  FoyerSubject alone(wide_topics);
  const auto port = static_cast<std::uint16_t>(alone.forum().redis().port());
  for (int round = 0; round < options.rounds; ++round) {
    std::cerr << whole << ", round " << round + 1 << ": " << injected << std::endl;
    LiveLoad load(alone, wide_topics, wide_readers);
    report.add(whole, injected,
               load.injected(wide_window, options.seconds, port,
                             [&](std::size_t topic, const auto& mark) { return alone.injection(topic, mark); }));
  }
  report.goal_at_most(whole + ": injected, CPU per delivery against one send",
                      report.ratio(whole, injected, one_send, cost), 1.25);
}

void bench_two_workers(const Options& options, Report& report) {
  constexpr std::size_t readers = 5'000;
  FoyerSubject* foyer = nullptr;
  Line line = everybody(options, report, foyer, 1, 2);
  const std::string quiet = "live, 5,000 subscribers on two workers, one message in flight";
  const std::string busy = "live, 5,000 subscribers on two workers, 16 messages in flight";
  const std::string half = "live, 5,000 subscribers on two workers, half of saturation";
  line.run(quiet, 1, readers, [&](LiveLoad& load) { return load.in_flight(1, options.seconds); });
  line.run(busy, 1, readers, [&](LiveLoad& load) { return load.in_flight(16, options.seconds); });
  const double rate = report.median(quiet, "Foyer", "messages/s") / 2;
  line.run(half, 1, readers, [&](LiveLoad& load) { return load.at_rate(rate, options.seconds); });
  report.goal_at_most(half + ": p99 ms", report.median(half, "Foyer", "p99 ms"), 150);
  against_peers(report, quiet, 1.3, 2.5);
  against_peers(report, busy, 3, 6);
}

}  // namespace

void bench_live(const Options& options, Report& report) {
  bench_one_channel(options, report);
  bench_wide(options, report);
  bench_two_workers(options, report);
}

}  // namespace foyer::benchmark
