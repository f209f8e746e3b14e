// That films know whether they are discussed and in which hour they were last, whatever happens to their threads.
#include <thread>

#include <gtest/gtest.h>

#include "persistence/event_store.hpp"
#include "persistence/log_check.hpp"
#include "persistence/post_batch.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

class FilmActivity : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  FilmId cranes_ = add_film(database_, "cranes");
  FilmId ivan_ = add_film(database_, "ivan");

  // As the films say it themselves. An hour that has just turned is still now.
  std::string discussed() {
    return run_sql(test_.url(),
                   "select coalesce(string_agg(title || case when hour >= activity_hour(now() - interval '1 hour') "
                   "then ' now' else ' before' end, ', ' order by hour desc, title), 'none') "
                   "from films f join film_activity a on a.film_id = f.id where discussed");
  }
  void post(const std::vector<ThreadId>& threads) {
    std::vector<NewPost> posts;
    for (const ThreadId thread : threads) posts.push_back(new_post(thread, nora_, "Again"));
    std::vector<const NewPost*> batch;
    for (const NewPost& each : posts) batch.push_back(&each);
    database_.write([&](Transaction& t) { return write_batch(t, batch, Locking::wait).posts.size(); });
  }
  void link(ThreadId thread, const std::vector<FilmId>& films) {
    database_.write([&](Transaction& t) {
      update_thread(t, thread, {.films = films});
      return true;
    });
  }
  void pass_two_hours() {
    run_sql(test_.url(),
            "update threads set last_post_at = last_post_at - interval '2 hours', "
            "created_at = created_at - interval '2 hours';"
            "update film_activity set hour = hour - 2");
  }
  void expect_whole() {
    for (const LogCheck& check : database_.snapshot([](Transaction& t) { return check_log(t); })) {
      if (check.promise.starts_with("each film knows")) {
        EXPECT_TRUE(check.kept()) << check.examples.at(0);
      }
    }
  }
};

TEST_F(FilmActivity, AFilmIsDiscussedFromItsFirstThreadOnAndInTheHourOfItsNewestPost) {
  EXPECT_EQ(discussed(), "none");
  const ThreadId old = add_thread(database_, nora_, {cranes_});
  EXPECT_EQ(discussed(), "cranes now");
  pass_two_hours();
  EXPECT_EQ(discussed(), "cranes before");
  const ThreadId other = add_thread(database_, nora_, {ivan_});
  EXPECT_EQ(discussed(), "ivan now, cranes before");
  pass_two_hours();
  post({other, old, other});
  EXPECT_EQ(discussed(), "cranes now, ivan now");
  expect_whole();
}

TEST_F(FilmActivity, ACommentsThreadMakesItsFilmDiscussedWithItsFirstPost) {
  const ThreadId comments =
      database_.write([&](Transaction& t) { return ensure_comments_thread(t, cranes_, "Comments", "comments"); }).id;
  EXPECT_EQ(discussed(), "none");
  pass_two_hours();
  post({comments});
  EXPECT_EQ(discussed(), "cranes now");
  pass_two_hours();
  post({comments});
  EXPECT_EQ(discussed(), "cranes now");
  expect_whole();
}

TEST_F(FilmActivity, WhoeverPostsWhileTheLinksAreChangedNotesTheFilmsThatAreLeft) {
  const ThreadId thread = add_thread(database_, nora_, {cranes_});
  pass_two_hours();
  std::thread poster;
  database_.write([&](Transaction& t) {
    const Seq seq = take_seq(t, thread).value();  // holds the thread, as a change of its links does
    update_thread(t, thread, {.films = std::vector<FilmId>{ivan_}});
    poster = std::thread([&] { post({thread}); });
    EXPECT_TRUE(eventually([&] {
      return run_sql(test_.url(),
                     "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = "
                     "current_database()") != "0";
    }));
    return seq;
  });
  poster.join();
  EXPECT_EQ(discussed(), "ivan now");
  expect_whole();
}

TEST_F(FilmActivity, LinkingAndUnlinkingMovesItToTheFilmsThatAreLeft) {
  const ThreadId first = add_thread(database_, nora_, {cranes_});
  pass_two_hours();
  const ThreadId second = add_thread(database_, nora_, {cranes_, ivan_});
  link(second, {ivan_});
  EXPECT_EQ(discussed(), "ivan now, cranes before");
  link(first, {});
  EXPECT_EQ(discussed(), "ivan now");
  link(first, {cranes_, ivan_});
  EXPECT_EQ(discussed(), "ivan now, cranes before");
  expect_whole();
}

}  // namespace
}  // namespace foyer::persistence
