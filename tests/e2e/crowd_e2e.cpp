#include <atomic>
#include <map>
#include <thread>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;
namespace json = boost::json;

namespace {

constexpr int writers = 20;
constexpr int subscribers = 50;
constexpr int threads = 4;
constexpr int posts_each = 25;

std::string posts_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread) + "/posts"; }

// One subscriber of one thread: receives until it has seen `last`, checking density on the way.
void follow(LiveClient& client, std::int64_t first, std::int64_t last, std::vector<json::value>& events) {
  for (std::int64_t seq = first; seq <= last; ++seq) {
    auto event = client.receive_type("event", std::chrono::seconds{60});
    if (event.at("seq").as_int64() != seq) {
      ADD_FAILURE() << "expected seq " << seq << ", got " << event.at("seq");
      return;
    }
    events.emplace_back(std::move(event));
  }
}

TEST(Crowd, EverySubscriberOnBothNodesReceivesEverySeqOnceAndInOrder) {
  Forum forum{2};
  HttpClient author = forum.member("author", 0);
  std::vector<std::int64_t> ids;
  for (int i = 0; i < threads; ++i) {
    ids.push_back(forum.start_thread(author));
  }
  constexpr int per_thread = writers / threads * posts_each;
  std::vector<std::vector<json::value>> received(subscribers);
  std::vector<std::thread> crowd;
  std::atomic<int> listening = 0;
  for (int i = 0; i < subscribers; ++i) {
    crowd.emplace_back([&, i] {
      LiveClient client{forum.port(static_cast<std::size_t>(i % 2))};
      client.subscribe("thread:" + std::to_string(ids[static_cast<std::size_t>(i % threads)]), 0);
      ++listening;
      follow(client, 1, 1 + per_thread, received[static_cast<std::size_t>(i)]);
    });
  }
  ASSERT_TRUE(eventually([&] { return listening == subscribers; }, std::chrono::seconds{20}));
  for (int i = 0; i < writers; ++i) {
    crowd.emplace_back([&, i] {
      HttpClient writer = forum.member("writer" + std::to_string(i), static_cast<std::size_t>(i % 2));
      for (int k = 0; k < posts_each; ++k) {
        const std::string body = body_json("writer " + std::to_string(i) + " says " + std::to_string(k));
        EXPECT_EQ(writer.send_json("POST", posts_path(ids[static_cast<std::size_t>(i % threads)]), body).status, 201);
      }
    });
  }
  for (std::thread& one : crowd) {
    one.join();
  }
  HttpClient reader{forum.port(1)};
  std::map<int, std::vector<json::value>> final_posts;
  for (int t = 0; t < threads; ++t) {
    final_posts[t] = all_posts(reader, ids[static_cast<std::size_t>(t)]);
    ASSERT_EQ(final_posts[t].size(), static_cast<std::size_t>(1 + per_thread));
    for (std::size_t k = 0; k < final_posts[t].size(); ++k) {
      EXPECT_EQ(integer(final_posts[t][k], "number"), static_cast<std::int64_t>(k + 1));
    }
  }
  for (int i = 0; i < subscribers; ++i) {
    const auto& expected = final_posts[i % threads];
    const auto& events = received[static_cast<std::size_t>(i)];
    ASSERT_EQ(events.size(), expected.size()) << "subscriber " << i;
    for (std::size_t k = 0; k < events.size(); ++k) {
      EXPECT_EQ(events[k].at("data").at("post"), expected[k]);
    }
  }
}

}  // namespace
