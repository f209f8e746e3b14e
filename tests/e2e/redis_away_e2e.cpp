#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

std::string posts_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread) + "/posts"; }

// The next event's seq, or the node's log in the failure.
std::int64_t next_seq(LiveClient& client, Forum& forum, std::size_t node, std::chrono::seconds patience) {
  try {
    return client.receive_type("event", patience).at("seq").as_int64();
  } catch (const DeadlinePassed&) {
    ADD_FAILURE() << forum.node(node).log();
    return 0;
  }
}

bool ready(Forum& forum, std::size_t node) { return HttpClient{forum.port(node)}.get("/readyz").status == 200; }

TEST(RedisAway, NoPostIsRefusedAndEverySubscriberCatchesUp) {
  Forum forum{2};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  constexpr std::int64_t posts = 90;
  std::vector<std::thread> readers;
  for (std::size_t node = 0; node < 2; ++node) {
    for (int i = 0; i < 5; ++i) {
      readers.emplace_back([&, node] {
        LiveClient client{forum.port(node)};
        client.subscribe("thread:" + std::to_string(thread), 0);
        for (std::int64_t seq = 1; seq <= posts + 1; ++seq) {
          ASSERT_EQ(client.receive_type("event", std::chrono::seconds{30}).at("seq").as_int64(), seq);
        }
      });
    }
  }
  HttpClient other = forum.member("other", 1);
  for (std::int64_t i = 0; i < posts; ++i) {
    if (i == posts / 3) {
      forum.redis().kill();
    }
    if (i == 2 * posts / 3) {
      forum.redis().start();
    }
    HttpClient& writer = i % 2 == 0 ? author : other;
    const HttpAnswer answer = writer.send_json("POST", posts_path(thread), body_json("post " + std::to_string(i)));
    EXPECT_EQ(answer.status, 201) << answer.body;
  }
  for (std::thread& reader : readers) {
    reader.join();
  }
  EXPECT_TRUE(eventually([&] { return ready(forum, 0) && ready(forum, 1); }, std::chrono::seconds{15}));
}

TEST(RedisAway, ReadinessNamesWhatIsDownAndLiveGoesOnByTheDatabase) {
  Forum forum{2};
  ASSERT_TRUE(eventually([&] { return ready(forum, 0); }, std::chrono::seconds{10}));
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  LiveClient guest{forum.port(1)};
  guest.subscribe("thread:" + std::to_string(thread));
  forum.redis().kill();
  HttpClient prober{forum.port(0)};
  ASSERT_TRUE(eventually([&] { return prober.get("/readyz").status == 503; }, std::chrono::seconds{10}));
  EXPECT_NE(prober.get("/readyz").body.find("redis"), std::string::npos);
  EXPECT_EQ(prober.get("/healthz").status, 200);
  ASSERT_EQ(author.send_json("POST", posts_path(thread), body_json("without Redis")).status, 201);
  EXPECT_EQ(next_seq(guest, forum, 1, std::chrono::seconds{5}), 2);
}

TEST(RedisAway, AHungRedisIsADeadRedis) {
  Forum forum{2};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  LiveClient guest{forum.port(1)};
  guest.subscribe("thread:" + std::to_string(thread));
  forum.redis().signal(SIGSTOP);
  ASSERT_EQ(author.send_json("POST", posts_path(thread), body_json("while it hangs")).status, 201);
  EXPECT_EQ(next_seq(guest, forum, 1, std::chrono::seconds{8}), 2);
  forum.redis().signal(SIGCONT);
  ASSERT_EQ(author.send_json("POST", posts_path(thread), body_json("after")).status, 201);
  EXPECT_EQ(next_seq(guest, forum, 1, std::chrono::seconds{8}), 3);
}

}  // namespace
