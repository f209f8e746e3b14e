// Removal: from the moderator's request to the last of the screens, over two nodes.
#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "tests/benchmark/sections.hpp"
#include "tests/benchmark/subject.hpp"
#include "tests/support/live_crowd.hpp"

namespace foyer::benchmark {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t screens = 1'000;  // on each node
constexpr int removals = 20;

}  // namespace

void bench_removal(const Options&, Report& report) {
  testing::PostgresServer postgres{testing::PostgresServer::Safety::durable};
  testing::Forum forum(2, postgres);
  testing::HttpClient author = forum.member("veronika", 0);
  testing::HttpClient moderator = forum.moderator("boris", 1);
  const std::int64_t thread = forum.start_thread(author);
  const std::string posts = "/api/v1/threads/" + std::to_string(thread) + "/posts";
  testing::LiveCrowd first;
  testing::LiveCrowd second;
  std::size_t seen = 0;
  for (testing::LiveCrowd* crowd : {&first, &second}) {
    for (std::size_t at = 0; at < screens; ++at) {
      crowd->add("thread:" + std::to_string(thread), std::nullopt);
    }
    crowd->on_event = [&](const auto&, std::string_view text) {
      seen += text.find("\"post.removed\"") != std::string_view::npos ? 1 : 0;
    };
    crowd->connect(forum.port(crowd == &first ? 0 : 1));
    const auto all = [&] { return std::ranges::all_of(crowd->members(), &testing::LiveCrowd::Member::subscribed); };
    if (!crowd->run(all, 30s)) {
      throw std::runtime_error("not everybody could subscribe");
    }
  }
  const std::string work = "removal, 1,000 screens on each of two nodes";
  for (int round = 0; round < removals; ++round) {
    const testing::HttpAnswer written = author.send_json("POST", posts, testing::body_json("To be taken away."));
    const std::int64_t post = testing::integer(written.json().at("post"), "id");
    seen = 0;
    const std::int64_t begun = now_ns();
    const testing::HttpAnswer removed =
        moderator.send_json("POST", "/api/v1/posts/" + std::to_string(post) + "/remove", R"({"reason":"spam"})");
    if (removed.status != 200) {
      throw std::runtime_error("removing: " + removed.body);
    }
    const double answered = static_cast<double>(now_ns() - begun) / 1e6;
    while (seen < 2 * screens && now_ns() - begun < 10'000'000'000) {
      bool once = false;
      first.run([&] { return std::exchange(once, true); }, 1s);
      once = false;
      second.run([&] { return std::exchange(once, true); }, 1s);
    }
    report.add(work, "Foyer",
               {{"ms until answered", answered},
                {"ms until the last screen", static_cast<double>(now_ns() - begun) / 1e6},
                {"screens", static_cast<double>(seen)}});
  }
  report.goal_at_least(work + ": screens reached", report.median(work, "Foyer", "screens"), 2 * screens);
}

}  // namespace foyer::benchmark
