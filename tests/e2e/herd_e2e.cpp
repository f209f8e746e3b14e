// Everybody comes back at once: a node was killed, and its readers, each with a position of its own, meet a node that
// knows nothing yet.
#include <csignal>
#include <cstdio>
#include <latch>
#include <map>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "persistence/database.hpp"
#include "persistence/transaction_impl.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"
#include "tests/support/live_crowd.hpp"

using namespace foyer::testing;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t readers = 2'000;
constexpr std::int64_t reads_max = 20;
constexpr const char* events_or_heads = "from events|last_seq";  // every statement that reads the one or the other

std::string channel(std::int64_t thread) { return "thread:" + std::to_string(thread); }
std::string path(std::int64_t thread, const std::string& what) {
  return "/api/v1/threads/" + std::to_string(thread) + "/" + what;
}

class Herd : public ::testing::Test {
 protected:
  struct Shape {
    std::size_t threads;
    int posts_before;  // in all threads together, as those below
    int posts_while_leaving;
    int posts_after;
  };

  void start_threads(std::size_t count) {
    for (std::size_t at = 0; at < count; ++at) {
      threads_.push_back(forum_.start_thread(author_));
      heads_[threads_.back()] = 1;
    }
  }
  void post(std::size_t count) {
    for (std::size_t number = 0; number < count; ++number) {
      const std::int64_t thread = threads_[random_() % threads_.size()];
      const HttpAnswer answer = author_.send_json("POST", path(thread, "posts"), body_json("And the light, too."));
      ASSERT_EQ(answer.status, 201) << answer.body;
      heads_[thread] = integer(answer.json(), "seq");
    }
  }
  bool caught_up(const LiveCrowd::Member& member) {
    return member.subscribed && member.since == heads_[std::stoll(member.channel.substr(7))];
  }
  bool all_caught_up() {
    return std::ranges::all_of(crowd_.members(), [&](const auto& member) { return caught_up(member); });
  }
  void let_them_leave_one_by_one(int posts) {
    const std::size_t leaving = readers * 3 / 4 / static_cast<std::size_t>(posts);
    for (int number = 0; number < posts; ++number) {
      post(1);
      int rounds = 0;
      crowd_.run([&] { return rounds++ == 2; }, 1s);
      for (std::size_t gone = 0; gone < leaving; ++gone) {
        crowd_.cut(crowd_.members()[random_() % readers]);
      }
    }
  }

  void come_back_with_few_reads(const Shape& shape) {
    start_threads(shape.threads);
    post(static_cast<std::size_t>(shape.posts_before));
    for (std::size_t at = 0; at < readers; ++at) {
      crowd_.add(channel(threads_[at % threads_.size()]), 0);
    }
    crowd_.connect(forum_.port(0));
    ASSERT_TRUE(crowd_.run([&] { return all_caught_up(); }, 60s)) << crowd_.breach() << forum_.node(0).log();
    let_them_leave_one_by_one(shape.posts_while_leaving);
    forum_.node(0).signal(SIGKILL);
    ASSERT_TRUE(forum_.node(0).wait(10s));
    const auto everybody_gone = [&] {
      return std::ranges::all_of(crowd_.members(), [](const auto& member) { return member.closed != 0; });
    };
    ASSERT_TRUE(crowd_.run(everybody_gone, 20s));
    post(static_cast<std::size_t>(shape.posts_after));
    const std::uint16_t port = forum_.add_node().port();

    shared_postgres().count_statements();
    const auto begun = Clock::now();
    crowd_.connect(port);
    ASSERT_TRUE(crowd_.run([&] { return all_caught_up(); }, 60s)) << crowd_.breach() << forum_.node(2).log();
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    const std::int64_t reads = shared_postgres().statements(events_or_heads);
    const std::int64_t of_events = shared_postgres().statements("from events");
    std::printf("%zu readers of %zu threads were caught up after %.2f s with %ld reads (%ld of events, %ld of heads)\n",
                readers, shape.threads, seconds, reads, of_events, reads - of_events);
    EXPECT_EQ(crowd_.breach(), "");
    EXPECT_GE(of_events, 1);
    // Beside the herd, every node with viewers compares heads twice a second.
    EXPECT_LE(reads, reads_max + static_cast<std::int64_t>(2 * seconds));
  }

  Forum forum_{2};
  HttpClient author_ = forum_.member("author", 1);
  std::vector<std::int64_t> threads_;
  std::map<std::int64_t, std::int64_t> heads_;
  std::mt19937 random_{20};
  LiveCrowd crowd_;
};

TEST_F(Herd, TwoThousandReadersOfOneThreadComeBackWithFewReads) { come_back_with_few_reads({1, 200, 150, 40}); }

TEST_F(Herd, TwoThousandReadersOfFiftyThreadsComeBackWithFewReads) { come_back_with_few_reads({50, 200, 150, 100}); }

TEST_F(Herd, ALongAbsenceCostsAsFewReads) { come_back_with_few_reads({1, 10, 800, 20}); }

// Equal requests share the read that begins after them, whoever asks.
TEST_F(Herd, RequestsForTheSameEventsAndPostsShareTheirReads) {
  using foyer::persistence::Transaction;
  start_threads(1);
  post(10);
  foyer::persistence::Database database{{.url = forum_.database_url()}};
  constexpr foyer::persistence::Statement lock{"lock", "lock table threads in access exclusive mode"};
  constexpr int requests = 40;
  for (const std::string what : {"events?since=3&limit=100", "posts?after=3&limit=100"}) {
    std::vector<HttpAnswer> answers(requests);
    std::vector<std::thread> clients;
    std::latch connected(requests);
    std::latch go(1);
    for (int at = 0; at < requests; ++at) {
      clients.emplace_back([&, at] {
        HttpClient guest{forum_.port(1)};
        guest.get("/healthz");
        connected.count_down();
        go.wait();
        answers[static_cast<std::size_t>(at)] = guest.get(path(threads_[0], what));
      });
    }
    connected.wait();
    HttpClient prober{forum_.port(1)};
    shared_postgres().count_statements();
    database.write([&](Transaction& transaction) {
      execute(transaction, lock);
      go.count_down();
      EXPECT_TRUE(eventually([&] {
        return prober.get("/metrics").body.find("foyer_shared_reads_waiting " + std::to_string(requests)) !=
               std::string::npos;
      }));
      return true;
    });
    for (std::thread& client : clients) {
      client.join();
    }
    for (const HttpAnswer& answer : answers) {
      EXPECT_EQ(answer.status, 200) << answer.body;
      EXPECT_EQ(answer.body, answers[0].body);
    }
    EXPECT_EQ(answers[0].json().at("items").as_array().size(), 8u);
    const std::int64_t reads = shared_postgres().statements("from (events|posts)|from \\(select \\* from posts");
    std::printf("%d requests for %s cost %ld reads\n", requests, what.c_str(), reads);
    EXPECT_GE(reads, 2);
    EXPECT_LE(reads, 4);
  }
}

}  // namespace
