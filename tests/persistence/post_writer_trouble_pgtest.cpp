// The writer against a PostgreSQL that stops, restarts and crashes: each test has a server of its own.
#include <map>
#include <mutex>

#include <gtest/gtest.h>

#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

class PostWritingThroughTrouble : public ::testing::Test {
 protected:
  testing::PostgresServer server_;
  TestDatabase test_{server_};
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  ThreadId thread_ = add_thread(database_, nora_, {});
  WriterRecord record_;
  PostWriter writer_{database_, record_.publish()};
};

TEST_F(PostWritingThroughTrouble, ALostDatabaseIsAnsweredWithRetryAfterAndARestartIsSurvived) {
  server_.stop();
  const auto refusal = post_now(writer_, new_post(thread_, nora_, "Anybody there?"));
  ASSERT_TRUE(refusal.has_error());
  EXPECT_EQ(refusal.error().code, ErrorCode::unavailable);
  EXPECT_EQ(refusal.error().retry_after_seconds, 1);
  server_.start();
  const auto posted = post_now(writer_, new_post(thread_, nora_, "Back again"));
  ASSERT_TRUE(posted.has_value());
  EXPECT_EQ(posted->post.number, PostNumber{2});
}

TEST_F(PostWritingThroughTrouble, TheFirstPostAfterARestartGoesThrough) {
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(post_now(writer_, new_post(thread_, nora_, "Before the restart")).has_value());
    server_.restart();
    EXPECT_TRUE(post_now(writer_, new_post(thread_, nora_, "After the restart")).has_value());
  }
}

TEST_F(PostWritingThroughTrouble, PostsWithKeysExistOnceHoweverOftenTheServerCrashes) {
  constexpr int count = 400;
  std::map<std::string, Result<Posted>> answers;
  std::mutex mutex;
  const auto send = [&](const std::string& key) {
    while (!writer_.submit(keyed_post(thread_, nora_, "Once", key), [&, key](Result<Posted> result) {
      const std::lock_guard lock{mutex};
      answers.insert_or_assign(key, std::move(result));
    })) {
    }
  };
  const auto answered = [&] {
    const std::lock_guard lock{mutex};
    return answers.size();
  };
  for (int number = 0; number < count; ++number) {
    send("key-" + std::to_string(10000 + number));
    if (number % 100 == 50) {
      server_.kill();
      server_.start();
    }
  }
  ASSERT_TRUE(eventually([&] { return answered() == count; }, std::chrono::seconds(30)));
  for (auto& [key, result] : answers) {  // who was told to try again does
    if (result.has_error()) {
      EXPECT_EQ(result.error().code, ErrorCode::unavailable) << result.error().detail;
      const NewPost again = keyed_post(thread_, nora_, "Once", key);
      ASSERT_TRUE(eventually([&] { return post_now(writer_, again).has_value(); }));
    }
  }
  const std::string posts = run_sql(test_.url(), "select count(*) from posts where number > 1");
  EXPECT_EQ(posts, std::to_string(count));
  EXPECT_EQ(run_sql(test_.url(), "select max(number) from posts"), std::to_string(count + 1));
}

}  // namespace
}  // namespace foyer::persistence
