// The guard of the three hot paths: how many instructions a node executes for one post, one delivery and one page.
// A whole node runs under callgrind, which counts the same on a busy machine as on a quiet one, and counts while the
// work is done and nothing else. Fails when a count has grown by more than 15 % over the one recorded here; a change
// that needs less records its new count. With PROFILE_FOLDER set the profiles stay there for callgrind_annotate.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/child_process.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_crowd.hpp"

using namespace foyer::testing;
using namespace std::chrono_literals;

namespace {

constexpr double growth_max = 1.15;
constexpr std::size_t viewers = 100;
const std::string remark = "The light on the stairs is *what I remember*, and https://example.org/cranes says why.";

// Instructions per unit of work, with clang 19 and the preset release.
constexpr double recorded_post = 285'000;
constexpr double recorded_delivery = 197;
constexpr double recorded_page = 20'800;

class HotPaths : public ::testing::Test {
 protected:
  HotPaths() {
    const char* wanted = std::getenv("PROFILE_FOLDER");
    folder_ = wanted == nullptr ? scratch_.path() : std::filesystem::path(wanted);
    forum_.add_node(
        {}, {"valgrind", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=" + profile().string()});
    author_ = forum_.member("author", 0);
    thread_ = forum_.start_thread(author_);
  }

  Node& counted() { return forum_.node(1); }
  std::filesystem::path profile() const {
    return folder_ / ::testing::UnitTest::GetInstance()->current_test_info()->name();
  }
  void control(const std::string& order) {
    const std::string command =
        "callgrind_control " + order + " " + std::to_string(counted().process()) + " >/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  // Instructions that the node executes while `work` runs.
  template <class Work>
  double instructions(Work work) {
    control("--instr=on");
    work();
    control("--dump");
    control("--instr=off");
    constexpr std::string_view totals = "totals: ";
    std::ifstream lines(profile().string() + ".1");
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(totals)) {
        return std::atof(line.c_str() + totals.size());
      }
    }
    return 0;
  }

  void post(HttpClient& author) {
    const HttpAnswer answer =
        author.send_json("POST", "/api/v1/threads/" + std::to_string(thread_) + "/posts", body_json(remark));
    ASSERT_EQ(answer.status, 201) << answer.body;
    head_ = integer(answer.json(), "seq");
  }
  static void judge(const char* what, double count, double recorded) {
    std::printf("%s: %.0f instructions, recorded %.0f, ratio %.3f\n", what, count, recorded, count / recorded);
    EXPECT_GT(count, 0);
    EXPECT_LE(count, recorded * growth_max) << what;
  }

  ScratchFolder scratch_;
  std::filesystem::path folder_;
  Forum forum_{1};
  HttpClient author_{0};
  std::int64_t thread_ = 0;
  std::int64_t head_ = 0;
};

TEST_F(HotPaths, APostCostsWhatItDid) {
  HttpClient author = author_;
  author.use_port(counted().port());
  const auto posts = [&](int count) {
    for (int number = 0; number < count; ++number) {
      post(author);
    }
  };
  posts(20);
  constexpr int measured = 200;
  judge("a post", instructions([&] { posts(measured); }) / measured, recorded_post);
}

TEST_F(HotPaths, ADeliveryCostsWhatItDid) {
  LiveCrowd crowd;
  for (std::size_t viewer = 0; viewer < viewers; ++viewer) {
    crowd.add("thread:" + std::to_string(thread_), std::nullopt);
  }
  crowd.connect(counted().port());
  ASSERT_TRUE(crowd.run(
      [&] { return std::ranges::all_of(crowd.members(), [](const auto& member) { return member.subscribed; }); }, 30s));
  const auto deliveries = [&](int count) {
    for (int number = 0; number < count; ++number) {
      post(author_);
      ASSERT_TRUE(crowd.run(
          [&] { return std::ranges::all_of(crowd.members(), [&](const auto& one) { return one.since == head_; }); },
          30s));
    }
  };
  deliveries(5);
  constexpr int measured = 50;
  judge("a delivery", instructions([&] { deliveries(measured); }) / measured / viewers, recorded_delivery);
}

TEST_F(HotPaths, AGuestPageCostsWhatItDid) {
  for (int number = 1; number < 50; ++number) {
    post(author_);
  }
  HttpClient guest{counted().port()};
  const auto pages = [&](int count) {
    for (int number = 0; number < count; ++number) {
      const HttpAnswer answer =
          guest.get("/threads/" + std::to_string(thread_) + "-about-the-last-shot", {{"Accept-Encoding", "gzip"}});
      ASSERT_EQ(answer.status, 200);
    }
  };
  pages(10);
  constexpr int measured = 200;
  judge("a guest's page", instructions([&] { pages(measured); }) / measured, recorded_page);
}

}  // namespace
