#include "tests/faults/installation.hpp"

#include <csignal>
#include <cstdio>
#include <string_view>

namespace foyer::testing {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds exit_bound{10'000};
constexpr milliseconds link_delay{150};

}  // namespace

Installation::Installation(PostgresServer::Safety safety) : postgres_(safety), forum_(0, postgres_) {
  for (auto& link : links_) {
    link = std::make_unique<TcpProxy>(static_cast<std::uint16_t>(forum_.redis().port()));
    forum_.add_node({{"FOYER_REDIS_URL", "redis://127.0.0.1:" + std::to_string(link->port())}});
  }
}

void Installation::strike(const Strike& strike) {
  RedisServer& redis = forum_.redis();
  switch (strike.target) {
    case Target::first_node:
    case Target::second_node:
      return strike_node(strike.target == Target::first_node ? 0 : 1, strike.fault);
    case Target::first_link:
    case Target::second_link:
      return strike_link(*links_[strike.target == Target::first_link ? 0 : 1], strike.fault);
    case Target::redis:
      return strike.fault == Fault::freeze ? redis.signal(SIGSTOP)
             : strike.fault == Fault::kill ? redis.kill()
                                           : redis.stop();
    case Target::postgres:
      return strike.fault == Fault::freeze ? postgres_.freeze()
             : strike.fault == Fault::kill ? postgres_.kill()
                                           : postgres_.stop();
  }
}

bool Installation::heal(const Strike& strike) {
  switch (strike.target) {
    case Target::first_node:
    case Target::second_node:
      return heal_node(strike.target == Target::first_node ? 0 : 1, strike.fault);
    case Target::first_link:
    case Target::second_link:
      links_[strike.target == Target::first_link ? 0 : 1]->heal();
      return true;
    case Target::redis:
      strike.fault == Fault::freeze ? forum_.redis().signal(SIGCONT) : forum_.redis().start();
      return true;
    case Target::postgres:
      strike.fault == Fault::freeze ? postgres_.thaw() : postgres_.start();
      return true;
  }
  return true;
}

void Installation::strike_node(std::size_t node, Fault fault) {
  expect_running(node);
  switch (fault) {
    case Fault::kill:
      forum_.node(node).signal(SIGKILL);
      forum_.node(node).wait(exit_bound);
      return;
    case Fault::freeze:
      return forum_.node(node).signal(SIGSTOP);
    default:
      leaving_[node] = Leaving{Clock::now()};
      return forum_.node(node).signal(SIGTERM);
  }
}

bool Installation::heal_node(std::size_t node, Fault fault) {
  if (fault == Fault::freeze) {
    forum_.node(node).signal(SIGCONT);
    return true;
  }
  if (fault == Fault::restart) {
    const std::optional<int> code = forum_.node(node).wait(milliseconds{0});
    const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - leaving_[node]->since);
    if (!code && took < exit_bound) {
      return false;
    }
    damage_.longest_exit = std::max(damage_.longest_exit, took);
    if (!code) {
      forum_.node(node).signal(SIGKILL);
      forum_.node(node).wait(exit_bound);
    }
    note_exit(node, code.value_or(-1));
    leaving_[node].reset();
  }
  forum_.node(node).start_again();
  return true;
}

void Installation::strike_link(TcpProxy& link, Fault fault) {
  switch (fault) {
    case Fault::cut:
      return link.cut();
    case Fault::delay:
      return link.delay(link_delay);
    default:
      return link.half_open();
  }
}

void Installation::expect_running(std::size_t node) {
  if (const auto code = forum_.node(node).wait(milliseconds{0})) {
    ++damage_.crashes;
    std::fprintf(stderr, "node %zu ended by itself with %d: %s\n", node + 1, *code, forum_.node(node).log().c_str());
    forum_.node(node).start_again();
  }
}

void Installation::note_exit(std::size_t node, int code) {
  if (code != 0) {
    ++damage_.bad_exits;
    std::fprintf(stderr, "node %zu ended with %d after SIGTERM: %s\n", node + 1, code, forum_.node(node).log().c_str());
  }
}

bool Installation::ready(std::size_t node) {
  try {
    HttpClient prober{forum_.port(node)};
    prober.patience = milliseconds{2'000};
    return prober.get("/readyz").status == 200;
  } catch (const std::runtime_error&) {
    return false;
  }
}

Damage Installation::damage() {
  expect_running(0);
  expect_running(1);
  return damage_;
}

std::int64_t Installation::sanitizer_reports() {
  std::int64_t found = 0;
  for (std::size_t node = 0; node < 2; ++node) {
    const std::string log = forum_.node(node).log();
    for (const std::string_view mark : {"ERROR: AddressSanitizer", "WARNING: ThreadSanitizer", "runtime error: "}) {
      found += log.find(mark) != std::string::npos ? 1 : 0;
    }
  }
  return found;
}

}  // namespace foyer::testing
