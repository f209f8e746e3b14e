// The way down of a node: nothing that was accepted is lost, everybody is told, and it ends in time whatever hangs.
#include <atomic>
#include <csignal>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

using namespace std::chrono_literals;

std::string posts_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread) + "/posts"; }

std::string channel(std::int64_t thread) { return "thread:" + std::to_string(thread); }

double metric(std::uint16_t port, const std::string& name) {
  const std::string text = "\n" + HttpClient{port}.get("/metrics").body;
  const std::size_t at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

// Posts until the node takes no more; how many were acknowledged.
std::int64_t post_until_refused(HttpClient writer, std::int64_t thread) {
  std::int64_t acknowledged = 0;
  try {
    while (writer.send_json("POST", posts_path(thread), body_json("steady")).status == 201) {
      ++acknowledged;
    }
  } catch (const std::runtime_error&) {  // the node is gone
  }
  return acknowledged;
}

TEST(Restart, TheLastPostsOfANodeThatGoesAreHeardOnTheOtherOneThroughTheBus) {
  Forum forum{2};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  LiveClient reader{forum.port(1)};
  reader.subscribe(channel(thread), 1);
  std::vector<std::thread> writers;
  std::atomic<std::int64_t> acknowledged = 0;
  writers.reserve(8);
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&acknowledged, author, thread] { acknowledged += post_until_refused(author, thread); });
  }
  for (std::int64_t seq = 2; seq <= 100; ++seq) {
    ASSERT_EQ(reader.receive_type("event").at("seq").as_int64(), seq);
  }
  forum.node(0).signal(SIGTERM);
  for (std::thread& writer : writers) {
    writer.join();
  }
  EXPECT_EQ(forum.node(0).wait(10s), 0) << forum.node(0).log();
  HttpClient other{forum.port(1)};
  const std::int64_t head = integer(other.get("/api/v1/threads/" + std::to_string(thread)).json(), "last_seq");
  EXPECT_GE(head, acknowledged + 1);
  for (std::int64_t seq = 101; seq <= head; ++seq) {
    ASSERT_EQ(reader.receive_type("event").at("seq").as_int64(), seq);
  }
  EXPECT_EQ(metric(forum.port(1), "foyer_live_holes_read_total"), 0) << "some news came by the database only";
}

TEST(Restart, ANodeEndsInTimeWithZeroThoughItsDatabaseHangs) {
  PostgresServer postgres;
  Forum forum{1, postgres};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  LiveClient guest{forum.port(0)};
  guest.subscribe(channel(thread));
  postgres.freeze();
  std::thread writer([author, thread] { post_until_refused(author, thread); });
  std::thread page([&] {
    try {
      HttpClient{forum.port(0)}.get("/");
    } catch (const std::runtime_error&) {
    }
  });
  EXPECT_TRUE(eventually([&] { return HttpClient{forum.port(0)}.get("/readyz").status == 503; }));
  forum.node(0).signal(SIGTERM);
  const std::chrono::milliseconds back{guest.receive_type("goodbye").at("retry_ms").as_int64()};
  EXPECT_TRUE(foyer::limits::goodbye_slot_min <= back && back <= foyer::limits::goodbye_slot_max) << back.count();
  EXPECT_EQ(forum.node(0).wait(10s), 0) << forum.node(0).log();
  postgres.thaw();
  writer.join();
  page.join();
}

TEST(Restart, ANodeEndsInTimeWithZeroThoughRedisHangs) {
  Forum forum{1};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  forum.redis().signal(SIGSTOP);
  std::thread writer([author, thread] { post_until_refused(author, thread); });
  HttpClient reader{forum.port(0)};
  EXPECT_TRUE(eventually([&] { return all_posts(reader, thread).size() > 5; }));
  forum.node(0).signal(SIGTERM);
  writer.join();
  EXPECT_EQ(forum.node(0).wait(10s), 0) << forum.node(0).log();
  forum.redis().signal(SIGCONT);
}

TEST(Restart, ReadinessIsWithdrawnBeforeTheSocketsAreGone) {
  Forum forum{1};
  LiveClient slow{forum.port(0)};  // does not answer its goodbye, so that the node waits for it
  slow.receive_type("welcome");
  HttpClient prober{forum.port(0)};
  ASSERT_TRUE(eventually([&] { return prober.get("/readyz").status == 200; }));
  forum.node(0).signal(SIGTERM);
  ASSERT_TRUE(eventually([&] { return HttpClient{forum.port(0)}.get("/readyz").status == 503; }, 1s));
  EXPECT_NE(HttpClient{forum.port(0)}.get("/readyz").body.find("shutting down"), std::string::npos);
  EXPECT_EQ(forum.node(0).wait(10s), 0) << forum.node(0).log();
}

TEST(Restart, AllWorkersOfOneSupervisorWriteWhatTheyAcknowledgedAndEndWithZero) {
  Forum forum{1};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  Node workers{forum.database_url(), forum.redis().url(), {{"FOYER_WORKERS", "2"}}};
  author.use_port(workers.port());
  std::vector<std::thread> writers;
  std::atomic<std::int64_t> acknowledged = 0;
  writers.reserve(6);
  for (int i = 0; i < 6; ++i) {
    writers.emplace_back([&acknowledged, author, thread] { acknowledged += post_until_refused(author, thread); });
  }
  HttpClient reader{forum.port(0)};
  EXPECT_TRUE(eventually([&] { return all_posts(reader, thread).size() > 20; }, 30s));
  workers.signal(SIGTERM);
  for (std::thread& writer : writers) {
    writer.join();
  }
  EXPECT_EQ(workers.wait(10s), 0) << workers.log();
  EXPECT_GE(std::ssize(all_posts(reader, thread)), acknowledged + 1);
}

TEST(Restart, EachSocketGetsASlotOfItsOwnToComeBack) {
  Forum forum{1};
  constexpr std::size_t sockets = 40;
  std::vector<std::unique_ptr<LiveClient>> clients;
  for (std::size_t i = 0; i < sockets; ++i) {
    clients.push_back(std::make_unique<LiveClient>(forum.port(0)));
    clients.back()->receive_type("welcome");
  }
  forum.node(0).signal(SIGTERM);
  std::set<std::int64_t> slots;
  for (const auto& client : clients) {
    slots.insert(client->receive_type("goodbye").at("retry_ms").as_int64());
  }
  EXPECT_EQ(slots.size(), sockets);
  EXPECT_GE(*slots.rbegin() - *slots.begin(), 5'000) << "they come back in a short time";
}

}  // namespace
