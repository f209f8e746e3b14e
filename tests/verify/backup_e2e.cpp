#include <atomic>
#include <cstdlib>
#include <thread>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

// The commands of deploy/README.md, on two PostgreSQL servers.
class Backup : public ::testing::Test {
 protected:
  Forum forum_{2};
  RedisServer other_redis_;
  PostgresServer other_postgres_;
  std::string dump_;
  std::string restored_;

  void SetUp() override {
    char name[] = "/tmp/foyer-backup-XXXXXX";
    close(mkstemp(name));
    dump_ = name;
  }
  void TearDown() override { unlink(dump_.c_str()); }

  static int run(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()); }
  void back_up() {
    ASSERT_EQ(run("pg_dump --format=custom --file=" + dump_ + " \"" + forum_.database_url() + "\""), 0);
  }
  void restore() {
    restored_ = other_postgres_.create_empty_database();
    ASSERT_EQ(run("pg_restore --exit-on-error --no-owner --dbname=\"" + restored_ + "\" " + dump_), 0);
  }
  static ProgramResult verify_log(const std::string& database) {
    return run_program({"verify", "log"}, {{"FOYER_DATABASE_URL", database}});
  }
  static std::string posts_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread) + "/posts"; }
  static std::int64_t say(HttpClient& author, std::int64_t thread, const std::string& words) {
    const HttpAnswer answer = author.send_json("POST", posts_path(thread), body_json(words));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return integer(answer.json().at("post"), "id");
  }
  static void act(HttpClient& who, const std::string& method, const std::string& target, const std::string& json) {
    const HttpAnswer answer = who.send_json(method, target, json);
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
};

TEST_F(Backup, ADumpTakenWhileWritersGoOnRestoresToAWholeLogThatClientsContinue) {
  HttpClient mona = forum_.moderator("mona", 0);
  HttpClient ned = forum_.member("ned", 1);
  const std::int64_t thread = forum_.start_thread(ned);
  const std::string post = "/api/v1/posts/";
  const std::string removed = std::to_string(say(ned, thread, "what will be removed"));
  act(ned, "PATCH", post + std::to_string(say(ned, thread, "a slip")), body_json("mended"));
  act(mona, "POST", post + removed + "/remove", R"({"reason":"spam"})");
  act(mona, "PATCH", "/api/v1/threads/" + std::to_string(thread), R"({"locked":true})");
  act(mona, "PATCH", "/api/v1/threads/" + std::to_string(thread), R"({"locked":false})");
  const std::int64_t known = integer(ned.get(posts_path(thread)).json(), "seq");

  std::atomic<bool> dumped{false};
  std::atomic<int> written{0};
  std::vector<std::thread> writers;
  for (std::size_t i = 0; i < 2; ++i) {
    writers.emplace_back([&, author = HttpClient{i == 0 ? mona : ned}]() mutable {
      while (!dumped || written < 20) {
        say(author, thread, "while the dump is taken");
        ++written;
      }
    });
  }
  EXPECT_TRUE(eventually([&] { return written > 4; }));
  back_up();
  dumped = true;
  for (std::thread& writer : writers) {
    writer.join();
  }
  const std::int64_t last = integer(ned.get(posts_path(thread)).json(), "seq");

  restore();
  const ProgramResult checked = verify_log(restored_);
  EXPECT_EQ(checked.exit_code, 0) << checked.output;
  EXPECT_NE(checked.output.find("the logs are whole"), std::string::npos) << checked.output;

  const Node node(restored_, other_redis_.url());
  HttpClient returning{node.port()};
  const std::int64_t head = integer(returning.get(posts_path(thread)).json(), "seq");
  ASSERT_GT(head, known);
  ASSERT_LT(head, last);
  EXPECT_EQ(text(returning.get(post + removed).json(), "state"), "removed");

  // Who had seen less goes on where they stood; the session from before still holds.
  LiveClient behind{node.port(), {.cookie = ned.cookie()}};
  EXPECT_EQ(behind.receive_type("welcome").at("user").at("name").as_string(), "ned");
  const auto subscribed = behind.subscribe("thread:" + std::to_string(thread), known);
  EXPECT_FALSE(subscribed.contains("resync"));
  HttpClient ned_again = ned;
  ned_again.use_port(node.port());
  say(ned_again, thread, "after the restore");
  for (std::int64_t seq = known + 1; seq <= head + 1; ++seq) {
    EXPECT_EQ(behind.receive_type("event").at("seq").as_int64(), seq);
  }
  // Who had seen what the dump does not have must load the page anew.
  LiveClient ahead{node.port()};
  ahead.receive_type("welcome");
  EXPECT_TRUE(ahead.subscribe("thread:" + std::to_string(thread), last + 1000).at("resync").as_bool());
  EXPECT_EQ(verify_log(restored_).exit_code, 0);
}

TEST_F(Backup, VerifyLogNamesTheThreadInWhichAnEventOrAPostWasDeletedByHand) {
  HttpClient olga = forum_.member("olga", 0);
  const std::int64_t thread = forum_.start_thread(olga);
  say(olga, thread, "second");
  say(olga, thread, "third");
  EXPECT_EQ(verify_log(forum_.database_url()).exit_code, 0);
  const std::string channel = "thread:" + std::to_string(thread);

  run_sql(forum_.database_url(), "delete from events where channel_id = " + std::to_string(thread) + " and seq = 2");
  const ProgramResult without_event = verify_log(forum_.database_url());
  EXPECT_EQ(without_event.exit_code, 1);
  EXPECT_NE(without_event.output.find(channel + ": 2 events, the last 3, the head 3"), std::string::npos)
      << without_event.output;

  run_sql(forum_.database_url(), "delete from posts where thread_id = " + std::to_string(thread) + " and number = 3");
  const ProgramResult without_post = verify_log(forum_.database_url());
  EXPECT_EQ(without_post.exit_code, 1);
  EXPECT_NE(without_post.output.find(channel + ": 2 posts, the last number 2, the count 3"), std::string::npos)
      << without_post.output;
}

}  // namespace
