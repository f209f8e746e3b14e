// Readers who do not read: they cost a bounded piece of memory, are closed with 4408 and harm nobody.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_crowd.hpp"

using namespace foyer::testing;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t slow_readers = 200;
constexpr std::size_t others = 50;
constexpr auto between_posts = 20ms;
constexpr auto longest_alone = 60s;
constexpr std::size_t back_at_a_time = 5;
constexpr auto back_every = 50ms;
constexpr long growth_max_kib = 64L * 1024;
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool memory_is_measured = false;  // a sanitizer keeps what was freed
#else
constexpr bool memory_is_measured = true;
#endif
#else
constexpr bool memory_is_measured = true;
#endif

// Of the part with the slow ones. The long run asks for ten minutes.
std::chrono::seconds duration() {
  const char* wanted = std::getenv("SLOW_READER_SECONDS");
  return std::chrono::seconds(wanted == nullptr ? 4 : std::atoi(wanted));
}

std::int64_t microseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count();
}

// Posts long texts that say when they were sent, at a steady pace.
class SteadyWriter {
 public:
  SteadyWriter(HttpClient client, std::int64_t thread)
      : thread_([this, client = std::move(client),
                 path = "/api/v1/threads/" + std::to_string(thread) + "/posts"]() mutable {
          for (auto next = Clock::now(); !stop_; next += between_posts) {
            eventually([&] { return stop_ || Clock::now() >= next; });
            const std::string body = "at " + std::to_string(microseconds()) + " " + std::string(9'000, 'x');
            failed_ += client.send_json("POST", path, body_json(body)).status == 201 ? 0 : 1;
            ++posts_;
          }
        }) {}
  ~SteadyWriter() { stop(); }
  void stop() {
    stop_ = true;
    if (thread_.joinable()) {
      thread_.join();
    }
  }
  int posts() const { return posts_; }
  int failed() const { return failed_; }

 private:
  std::atomic<bool> stop_ = false;
  std::atomic<int> posts_ = 0;
  std::atomic<int> failed_ = 0;
  std::thread thread_;
};

class SlowReaders : public ::testing::Test {
 protected:
  SlowReaders() {
    crowd_.on_event = [this](const LiveCrowd::Member&, std::string_view text) {
      constexpr std::string_view sent = R"("body":"at )";
      if (const auto at = text.find(sent); at != std::string_view::npos) {
        std::int64_t then = 0;
        std::from_chars(text.data() + at + sent.size(), text.data() + text.size(), then);
        latencies_.push_back(microseconds() - then);
      }
    };
  }

  double p99_milliseconds() {
    std::ranges::sort(latencies_);
    return latencies_.empty() ? 0 : static_cast<double>(latencies_[latencies_.size() * 99 / 100]) / 1000;
  }
  long resident_kib() {
    std::ifstream status("/proc/" + std::to_string(forum_.node(0).process()) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmRSS:")) {
        return std::atol(line.c_str() + 6);
      }
    }
    return 0;
  }
  int closed_too_slow() {
    const std::string text = HttpClient{forum_.port(0)}.get("/metrics").body;
    constexpr std::string_view name = "\nfoyer_live_closed_too_slow_total ";
    const auto at = text.find(name);
    return at == std::string::npos ? 0 : std::atoi(text.c_str() + at + name.size());
  }
  void add(std::size_t count, bool reads) {
    for (std::size_t at = 0; at < count; ++at) {
      crowd_.add("thread:" + std::to_string(thread_), std::nullopt).reads = reads;
    }
    crowd_.connect(forum_.port(0));
    ASSERT_TRUE(crowd_.run(
        [&] { return std::ranges::all_of(crowd_.members(), [](const auto& member) { return member.subscribed; }); },
        30s));
  }
  // The next ones of those who do not read come back, by then closed, and go on not reading. A few at a time: this is
  // about them, not about a herd at the door.
  void bring_back_some() {
    for (std::size_t count = 0; count < back_at_a_time; ++count) {
      LiveCrowd::Member& member = crowd_.members().at(others + back_++ % slow_readers);
      crowd_.cut(member);
      member.since.reset();
    }
    crowd_.connect(forum_.port(0));
  }
  void expect_readers_were_kept() {
    for (const LiveCrowd::Member& member : crowd_.members()) {
      EXPECT_TRUE(!member.reads || member.closed == 0) << "one who reads was closed with " << member.closed;
    }
  }

  Forum forum_{1};
  HttpClient author_ = forum_.member("author", 0);
  std::int64_t thread_ = forum_.start_thread(author_);
  LiveCrowd crowd_;
  std::vector<std::int64_t> latencies_;
  std::size_t back_ = 0;
};

TEST_F(SlowReaders, DoNotDelayTheOthersAndCostLittleMemory) {
  add(others, true);
  SteadyWriter writer{author_, thread_};
  crowd_.run([] { return false; }, std::min<std::chrono::seconds>(duration(), longest_alone));
  ASSERT_FALSE(latencies_.empty());
  const double alone = p99_milliseconds();
  const long before = resident_kib();
  latencies_.clear();

  add(slow_readers, false);
  long most = before;
  int closed = 0;
  const auto end = Clock::now() + duration();
  for (const auto deadline = end + 60s; Clock::now() < end || closed < static_cast<int>(slow_readers);) {
    ASSERT_LT(Clock::now(), deadline) << closed << " of the slow ones were closed";
    crowd_.run([] { return false; }, back_every);
    most = std::max(most, resident_kib());
    closed = closed_too_slow();
    if (closed >= static_cast<int>(slow_readers)) {
      expect_readers_were_kept();
      bring_back_some();
    }
  }
  ASSERT_FALSE(latencies_.empty());
  const double beside = p99_milliseconds();
  writer.stop();
  std::printf(
      "%zu who read: p99 %.1f ms alone, %.1f ms beside %zu who do not, ratio %.2f; %d posts, %d closed as too slow; "
      "memory %ld MiB before, at most %ld MiB, growth %ld MiB\n",
      others, alone, beside, slow_readers, beside / alone, writer.posts(), closed, before / 1024, most / 1024,
      (most - before) / 1024);
  EXPECT_EQ(writer.failed(), 0);
  EXPECT_EQ(crowd_.breach(), "");
  expect_readers_were_kept();
  if (memory_is_measured) {
    EXPECT_LT(most - before, growth_max_kib);
  }
}

TEST_F(SlowReaders, AreClosedWith4408AndResumeWhereTheyWere) {
  constexpr std::size_t count = 5;
  add(count, false);
  SteadyWriter writer{author_, thread_};
  ASSERT_TRUE(eventually([&] { return closed_too_slow() == count; }, 60s));
  writer.stop();
  for (LiveCrowd::Member& member : crowd_.members()) {
    crowd_.read_again(member);
  }
  const auto all = [&](auto condition) {
    return crowd_.run([&] { return std::ranges::all_of(crowd_.members(), condition); }, 20s);
  };
  ASSERT_TRUE(all([](const auto& member) { return member.closed != 0; }));
  const std::int64_t head = 1 + writer.posts();
  for (const LiveCrowd::Member& member : crowd_.members()) {
    EXPECT_EQ(member.closed, 4408);
    EXPECT_LT(*member.since, head);
  }
  crowd_.connect(forum_.port(0));
  EXPECT_TRUE(all([&](const auto& member) { return member.since == head; }));
  EXPECT_EQ(crowd_.breach(), "");
}

}  // namespace
