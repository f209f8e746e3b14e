// A flood of one thread: the others' posts and their way to the readers stay quick.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"
#include "tests/support/live_crowd.hpp"

using namespace foyer::testing;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int flooders = 24;
constexpr std::size_t hot_readers = 100;
constexpr int quiet_posts = 40;
constexpr double bound_milliseconds = 1'000;  // on a machine that has other things to do

std::string posts_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread) + "/posts"; }

double milliseconds_since(Clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

TEST(Flood, OfOneThreadDelaysNeitherThePostsNorTheEventsOfAnother) {
  Forum forum{2};
  HttpClient author = forum.member("author", 0);
  const std::int64_t hot = forum.start_thread(author);
  const std::int64_t quiet = forum.start_thread(author);
  LiveClient reader{forum.port(1)};
  reader.subscribe("thread:" + std::to_string(quiet));

  std::atomic<bool> stop = false;
  std::atomic<int> flood = 0;
  std::vector<std::thread> threads;
  for (int at = 0; at < flooders; ++at) {
    threads.emplace_back([&, client = author]() mutable {
      client.use_port(forum.port(static_cast<std::size_t>(flood++ % 2)));
      while (!stop) {
        client.send_json("POST", posts_path(hot), body_json(std::string(4'000, 'x')));
        ++flood;
      }
    });
  }
  threads.emplace_back([&] {
    LiveCrowd crowd;
    for (std::size_t at = 0; at < hot_readers; ++at) {
      crowd.add("thread:" + std::to_string(hot), std::nullopt);
    }
    crowd.connect(forum.port(1));
    crowd.run([&] { return stop.load(); }, 60s);
    EXPECT_EQ(crowd.breach(), "");
  });
  EXPECT_TRUE(eventually([&] { return flood > 500; }, 30s));

  std::vector<double> posting;
  std::vector<double> delivery;
  for (int number = 0; number < quiet_posts; ++number) {
    const auto begun = Clock::now();
    EXPECT_EQ(author.send_json("POST", posts_path(quiet), body_json("Quietly")).status, 201);
    posting.push_back(milliseconds_since(begun));
    EXPECT_EQ(reader.receive_type("event").at("seq").as_int64(), 2 + number);
    delivery.push_back(milliseconds_since(begun));
  }
  stop = true;
  for (std::thread& one : threads) {
    one.join();
  }
  std::ranges::sort(posting);
  std::ranges::sort(delivery);
  std::printf(
      "beside a flood of %d posts: a quiet post took %.1f ms (at most %.1f), its event %.1f ms (at most %.1f)\n",
      flood.load(), posting[quiet_posts / 2], posting.back(), delivery[quiet_posts / 2], delivery.back());
  EXPECT_LT(posting.back(), bound_milliseconds);
  EXPECT_LT(delivery.back(), bound_milliseconds);
}

}  // namespace
