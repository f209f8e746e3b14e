// PostgreSQL stopped, frozen, or held by somebody else's lock: clear answers in time, and recovery without a restart.
#include <thread>

#include <gtest/gtest.h>

#include "persistence/database.hpp"
#include "persistence/locks.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::string thread_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread); }

// A clear refusal: 503 that says when to come back, in the form its reader understands, within the time.
void expect_unavailable(HttpClient client, const std::string& method, const std::string& target,
                        const std::string& body, std::chrono::milliseconds within) {
  const auto start = Clock::now();
  const HttpAnswer answer = method == "GET" ? client.get(target) : client.send_json(method, target, body);
  EXPECT_LT(Clock::now() - start, within) << method << ' ' << target;
  EXPECT_EQ(answer.status, 503) << method << ' ' << target << ' ' << answer.body;
  EXPECT_FALSE(answer.header("retry-after").empty()) << method << ' ' << target;
  const bool page = !target.starts_with("/api/");
  EXPECT_TRUE(answer.header("content-type").starts_with(page ? "text/html" : "application/problem+json"))
      << method << ' ' << target << ' ' << answer.header("content-type");
}

void expect_unavailable_everywhere(const HttpClient& member, std::int64_t thread, std::chrono::milliseconds within) {
  std::vector<std::thread> askers;
  const auto ask = [&](const std::string& method, const std::string& target, const std::string& body = "") {
    askers.emplace_back([=] { expect_unavailable(member, method, target, body, within); });
  };
  ask("GET", "/");
  ask("GET", "/threads/" + std::to_string(thread) + "-about-the-last-shot");
  ask("GET", "/films");
  ask("GET", thread_path(thread) + "/posts");
  ask("POST", thread_path(thread) + "/posts", body_json("into the void"));
  ask("PATCH", thread_path(thread), R"({"title":"Another title"})");
  for (std::thread& asker : askers) {
    asker.join();
  }
}

bool takes_posts(HttpClient member, std::int64_t thread) {
  return member.send_json("POST", thread_path(thread) + "/posts", body_json("back again")).status == 201 &&
         member.get("/").status == 200;
}

TEST(DatabaseAway, AStoppedDatabaseIsSaidWithinTwoSecondsAndNeedsNoRestartOfTheNode) {
  PostgresServer postgres;
  Forum forum{1, postgres};
  HttpClient member = forum.member("writer", 0);
  const std::int64_t thread = forum.start_thread(member);
  LiveClient reader{forum.port(0)};
  reader.subscribe("thread:" + std::to_string(thread));
  postgres.stop();
  expect_unavailable_everywhere(member, thread, 2s);
  EXPECT_TRUE(eventually([&] { return HttpClient{forum.port(0)}.get("/readyz").status == 503; }, 5s));
  postgres.start();
  EXPECT_TRUE(eventually([&] { return takes_posts(member, thread); }, 3s));
  EXPECT_EQ(reader.receive_type("event").at("seq").as_int64(), 2);
  EXPECT_TRUE(eventually([&] { return HttpClient{forum.port(0)}.get("/readyz").status == 200; }, 5s));
}

TEST(DatabaseAway, AFrozenDatabaseIsSaidInTimeAndNothingIsWrittenBehindTheWritersBack) {
  PostgresServer postgres;
  Forum forum{1, postgres};
  HttpClient member = forum.member("writer", 0);
  const std::int64_t thread = forum.start_thread(member);
  postgres.freeze();
  expect_unavailable_everywhere(member, thread, 4s);
  EXPECT_TRUE(eventually([&] { return HttpClient{forum.port(0)}.get("/readyz").status == 503; }, 5s));
  postgres.thaw();
  EXPECT_TRUE(eventually([&] { return takes_posts(member, thread); }, 5s));
  HttpClient reader{forum.port(0)};
  for (const auto& post : all_posts(reader, thread)) {
    EXPECT_NE(text(post, "body"), "into the void");
  }
}

TEST(DatabaseAway, WhileOneThreadIsLockedByASlowTransactionPagesAndOtherWritesGoOn) {
  Forum forum{1};
  HttpClient moderator = forum.moderator("mona", 0);
  const std::int64_t held = forum.start_thread(moderator, "Held by somebody");
  const std::int64_t other = forum.start_thread(moderator, "Free for all");
  foyer::persistence::Database elsewhere{{.url = forum.database_url(), .connections = 1}};
  std::vector<std::thread> waiting;
  elsewhere.write([&](foyer::persistence::Transaction& transaction) {
    foyer::persistence::lock_thread(transaction, foyer::ThreadId{held});
    for (int i = 0; i < 12; ++i) {
      waiting.emplace_back([&, i] {
        HttpClient writer = moderator;
        const std::string title = R"({"title":"Renamed )" + std::to_string(i) + R"("})";
        EXPECT_EQ(writer.send_json("PATCH", thread_path(held), title).status, 503);
      });
    }
    HttpClient reader{forum.port(0)};
    for (int i = 0; i < 20; ++i) {
      const auto start = Clock::now();
      EXPECT_EQ(reader.get("/api/v1/threads/" + std::to_string(other) + "/posts").status, 200);
      EXPECT_LT(Clock::now() - start, 500ms) << "a reader waited for a writer";
    }
    HttpClient writer = moderator;
    EXPECT_EQ(writer.send_json("POST", thread_path(other) + "/posts", body_json("goes on")).status, 201);
    for (std::thread& one : waiting) {
      one.join();
    }
    return true;
  });
}

}  // namespace
