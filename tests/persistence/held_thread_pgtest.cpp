// The writer while somebody holds the row of a thread: an edit, another node's batch, a hung transaction.
#include <atomic>
#include <future>
#include <set>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class PostWritingToAHeldThread : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  ThreadId held_ = add_thread(database_, nora_, {});
  ThreadId free_ = add_thread(database_, nora_, {});
  WriterRecord of_held_;
  WriterRecord of_free_;
  PostWriter writer_{database_, of_free_.publish()};

  void while_held(ThreadId thread, const std::function<void()>& meanwhile) {
    database_.write([&](Transaction& t) {
      take_seq(t, thread);
      meanwhile();
      return false;
    });
  }
  std::vector<std::string> bodies(ThreadId thread) {
    std::vector<std::string> bodies;
    for (const PostRow& row :
         database_.read([&](Transaction& t) { return list_posts(t, thread, PostNumber{1}, 10'000); })) {
      bodies.push_back(row.body);
    }
    return bodies;
  }
};

TEST_F(PostWritingToAHeldThread, NoOtherThreadWaits) {
  while_held(held_, [&] {
    ASSERT_TRUE(writer_.submit(new_post(held_, nora_, "Waits"), of_held_.answer()));
    for (int number = 0; number < 5; ++number) {
      ASSERT_TRUE(writer_.submit(new_post(held_, nora_, "Waits too"), of_held_.answer()));
      const auto begun = Clock::now();
      ASSERT_TRUE(post_now(writer_, new_post(free_, nora_, "Goes through")).has_value());
      EXPECT_LT(Clock::now() - begun, limits::lock_time / 2) << "in the time of another's lock";
    }
    EXPECT_EQ(of_held_.answered(), 0u);
  });
  EXPECT_TRUE(eventually([&] { return of_held_.answered() == 6; }));
  for (const auto& result : of_held_.results()) {
    EXPECT_TRUE(result.has_value());
  }
}

TEST_F(PostWritingToAHeldThread, TwoHeldThreadsDoNotWaitForEachOther) {
  const ThreadId second = add_thread(database_, nora_, {});
  while_held(held_, [&] {
    ASSERT_TRUE(writer_.submit(new_post(held_, nora_, "Waits long"), of_held_.answer()));
    while_held(second, [&] {
      ASSERT_TRUE(writer_.submit(new_post(second, nora_, "Waits a moment"), of_free_.answer()));
      EXPECT_TRUE(eventually([&] { return writer_.figures().queued > 0; }));  // both are out of the turn
    });
    EXPECT_TRUE(eventually([&] { return of_free_.answered() == 1; }, 4 * limits::post_lock_turn + 1s));
    EXPECT_EQ(of_held_.answered(), 0u);
  });
  EXPECT_TRUE(of_free_.results().at(0).has_value());
}

TEST_F(PostWritingToAHeldThread, ItsOrderIsKept) {
  std::vector<std::string> wanted;
  const auto submit = [&](int number) {
    wanted.push_back("Post " + std::to_string(number));
    ASSERT_TRUE(writer_.submit(new_post(held_, nora_, wanted.back()), of_held_.answer()));
  };
  for (int round = 0; round < 10; ++round) {
    while_held(held_, [&] {
      for (int number = 0; number < 30; ++number) {
        submit(round * 100 + number);
      }
    });
    submit(round * 100 + 99);
  }
  ASSERT_TRUE(eventually([&] { return of_held_.answered() == wanted.size(); }));
  EXPECT_EQ(bodies(held_), wanted);
}

TEST_F(PostWritingToAHeldThread, WhoeverWaitsTooLongIsToldToTryAgain) {
  while_held(held_, [&] {
    const auto begun = Clock::now();
    const auto refusal = post_now(writer_, new_post(held_, nora_, "Waits"));
    ASSERT_TRUE(refusal.has_error());
    EXPECT_EQ(refusal.error().code, ErrorCode::unavailable);
    EXPECT_EQ(refusal.error().retry_after_seconds, 1);
    EXPECT_GE(Clock::now() - begun, limits::post_queue_time - 100ms);
    EXPECT_LE(Clock::now() - begun, limits::post_queue_time + 4 * limits::post_lock_turn + 1s);
  });
  EXPECT_TRUE(post_now(writer_, new_post(held_, nora_, "Later")).has_value());
}

TEST_F(PostWritingToAHeldThread, AnUnknownThreadIsNotTakenForAHeldOne) {
  while_held(held_, [&] {
    ASSERT_TRUE(writer_.submit(new_post(held_, nora_, "Waits"), of_held_.answer()));
    EXPECT_EQ(post_now(writer_, new_post(ThreadId{9999}, nora_, "Where?")).error().code, ErrorCode::not_found);
  });
}

TEST_F(PostWritingToAHeldThread, DrainingWritesItsPostsToo) {
  std::future<void> draining;
  while_held(held_, [&] {
    ASSERT_TRUE(writer_.submit(new_post(held_, nora_, "Waits"), of_held_.answer()));
    ASSERT_TRUE(post_now(writer_, new_post(free_, nora_, "Goes through")).has_value());
    ASSERT_TRUE(writer_.submit(new_post(held_, nora_, "Waits too"), of_held_.answer()));
    draining = std::async(std::launch::async, [&] { writer_.drain(); });
    ASSERT_TRUE(eventually([&] { return writer_.submit(new_post(free_, nora_, "Late"), {}).has_error(); }));
  });
  draining.get();
  EXPECT_EQ(bodies(held_), (std::vector<std::string>{"Waits", "Waits too"}));
  EXPECT_EQ(of_held_.answered(), 2u);
}

// Whoever only ever looked whether the row is free would starve beside a node that takes it again at once.
TEST_F(PostWritingToAHeldThread, TwoNodesThatFloodOneThreadBothGetOn) {
  Database other_database{{.url = test_.url()}};
  PostWriter other{other_database, of_held_.publish()};
  constexpr int posts = 2'000;
  constexpr int in_flight = 200;
  std::atomic<int> failed = 0;
  const auto flood = [&](PostWriter& writer) {
    std::atomic<int> answered = 0;
    for (int number = 0; number < posts; ++number) {
      ASSERT_TRUE(eventually([&] { return number - answered < in_flight; }, 30s));
      ASSERT_TRUE(writer.submit(new_post(held_, nora_, "Post"), [&](const Result<Posted>& result) {
        failed += result.has_value() ? 0 : 1;
        ++answered;
      }));
    }
    ASSERT_TRUE(eventually([&] { return answered == posts; }, 30s));
  };
  auto one = std::async(std::launch::async, [&] { flood(writer_); });
  auto two = std::async(std::launch::async, [&] { flood(other); });
  one.get();
  two.get();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(run_sql(test_.url(), "select max(number) = 4001 and count(*) = 4001 from posts where thread_id = " +
                                     std::to_string(held_.value)),
            "t");
}

}  // namespace
}  // namespace foyer::persistence
