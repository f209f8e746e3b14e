#include <gtest/gtest.h>

#include "persistence/event_store.hpp"
#include "persistence/log_check.hpp"
#include "persistence/post_batch.hpp"
#include "persistence/reaction_store.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

// A thread with three posts, an edit, a removal and a key; each test breaks one thing by hand.
class LogCheckTest : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  ThreadId thread_ = add_thread(database_, nora_, {add_film(database_, "A film")});

  void SetUp() override {
    const NewPost second = keyed_post(thread_, nora_, "Second", "key-of-the-second");
    const NewPost third = new_post(thread_, nora_, "Third");
    database_.write([&](Transaction& t) { return write_batch(t, {&second, &third}, Locking::wait).posts.size(); });
    const std::vector<PostRow> posts =
        database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{0}, 10); });
    ASSERT_EQ(posts.size(), 3u);
    change(EventKind::post_edited, [&](Transaction& t) {
      return update_post_body(t, posts[1].id, nora_.id, "Better", "<p>Better</p>", 1, {});
    });
    change(EventKind::post_removed,
           [&](Transaction& t) { return set_post_state(t, posts[2].id, PostState::removed, "spam"); });
  }
  template <class Job>
  void change(EventKind kind, Job job) {
    database_.write([&](Transaction& t) {
      const Seq seq = take_seq(t, thread_).value();
      const PostRow row = job(t);
      append_event(t, thread_, seq, kind, row.id, transaction_time(t));
      return true;
    });
  }

  // The promises that are broken, as "promise: example".
  std::vector<std::string> broken() {
    std::vector<std::string> words;
    for (const LogCheck& check : database_.snapshot([](Transaction& t) { return check_log(t); })) {
      if (!check.kept()) {
        words.push_back(std::string(check.promise) + " | " + check.examples.at(0));
      }
    }
    return words;
  }
  void expect_broken(const std::string& sql, const std::string& words) {
    run_sql(test_.url(), sql);
    std::string all;
    for (const std::string& line : broken()) {
      all += line + "\n";
    }
    EXPECT_NE(all.find(words), std::string::npos) << all;
  }
  std::string at(const std::string& rest) const { return "thread:" + std::to_string(thread_.value) + rest; }
};

TEST_F(LogCheckTest, AWholeLogBreaksNoPromiseAndEveryCheckLooksAtSomething) {
  run_sql(test_.url(), "update posts set reply_to = 1 where number = 2");
  run_sql(test_.url(), R"(
    with film as (select film_id from thread_films limit 1),
    thread as (insert into threads (kind, title, slug, author_id) select 'review', 'R', 'r', min(id) from users
               returning id, author_id),
    linked as (insert into thread_films (thread_id, film_id, position) select id, film_id, 1 from thread, film),
    titled as (insert into thread_words (thread_id, words) select id, to_tsvector('english', 'R') from thread)
    insert into reviews (thread_id, film_id, member_id) select id, film_id, author_id from thread, film)");
  for (const LogCheck& check : database_.snapshot([](Transaction& t) { return check_log(t); })) {
    EXPECT_TRUE(check.kept()) << check.promise << ": " << check.examples.at(0);
    EXPECT_GT(check.examined, 0) << check.promise;
  }
}

TEST_F(LogCheckTest, AnEmptyDatabaseIsWhole) {
  const TestDatabase other;
  Database empty{{.url = other.url()}};
  for (const LogCheck& check : empty.snapshot([](Transaction& t) { return check_log(t); })) {
    EXPECT_TRUE(check.kept()) << check.promise;
  }
}

TEST_F(LogCheckTest, APostWithoutItsWordsIsMissed) {
  expect_broken("delete from post_words where number = 2", at(" post 2: no words"));
}

TEST_F(LogCheckTest, WordsOfAnotherPostOrOfNoTitleAreMissed) {
  expect_broken("update post_words set number = 7 where number = 3", at(" post 3: its words name post 7"));
  run_sql(test_.url(), "update post_words set number = 3 where number = 7");
  expect_broken("delete from thread_words", at(": no words of its title"));
}

TEST_F(LogCheckTest, AnEventInTheMiddleIsMissed) {
  expect_broken("delete from events where seq = 2", at(": 4 events, the last 5, the head 5"));
  expect_broken("select 1", at(" post 2: 0 events created it"));
}

TEST_F(LogCheckTest, TheFirstAndTheLastEventAreMissed) {
  expect_broken("delete from events where seq = 5", at(": 4 events, the last 4, the head 5"));
  expect_broken("delete from events where seq = 1", at(": 3 events, the last 4, the head 5"));
  expect_broken("delete from events", at(": 0 events, the last 0, the head 5"));
}

TEST_F(LogCheckTest, EventsOfNoThreadAreFound) {
  expect_broken("insert into events values (1, 999, 1, 6, null, now())",
                "thread:999: events of a thread that does not exist");
}

TEST_F(LogCheckTest, EventsOfAMemberAreHeldToTheSameRule) {
  run_sql(test_.url(), "insert into events values (2, 5, 1, 6, null, now())");
  EXPECT_TRUE(broken().empty());
  expect_broken("insert into events values (2, 5, 3, 6, null, now())", "member:5: 2 events, the last 3, the head 3");
}

TEST_F(LogCheckTest, AMissingPostIsFoundByItsNumberAndByItsEvents) {
  expect_broken("delete from posts where number = 3", at(": 2 posts, the last number 2, the count 3"));
  expect_broken("select 1", at(" event 3: post id "));
  expect_broken("delete from post_revisions; delete from posts where number = 2", "the key of member ");
}

TEST_F(LogCheckTest, APostOfNoMemberOrNoThreadIsFound) {
  expect_broken("update posts set thread_id = 999 where number = 3", "thread:999 post 3: no such thread");
  expect_broken("update posts set author_id = 999 where number = 2", at(" post 2: no member 999"));
}

TEST_F(LogCheckTest, APostOfTheWrongPlaceInTheOrderIsFound) {
  expect_broken(
      "update posts set number = 10 where number = 2; update posts set number = 2 where number = 3; "
      "update posts set number = 3 where number = 10",
      at(" post 3: event 2 after 3"));
}

TEST_F(LogCheckTest, AStateOrRevisionThatNoEventTellsIsFound) {
  expect_broken("update posts set state = 'visible', removal_reason = '' where number = 3",
                at(" post 3: visible, revision 1; its events tell removed, revision 1"));
  expect_broken("update posts set revision = 5 where number = 2", at(" post 2: revision 5, former texts 1"));
}

TEST_F(LogCheckTest, AReactionTellsNeitherStateNorRevision) {
  const PostId second =
      database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{1}, 1).at(0).id; });
  const PostId third =
      database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{2}, 1).at(0).id; });
  for (const PostId post : {second, third}) {
    change(EventKind::post_reacted, [&](Transaction& t) {
      EXPECT_TRUE(add_reaction(t, post, nora_.id, Reaction::like));
      return find_post(t, post).value();
    });
  }
  EXPECT_TRUE(broken().empty()) << broken().front();
  expect_broken("update events set post_id = 999 where kind = 7", " event 6: post id 999 does not exist");
}

TEST_F(LogCheckTest, ALikeTooManyOrTooFewIsFound) {
  expect_broken("update posts set like_count = 2 where number = 1", at(" post 1: counts 2 likes, has 0"));
  expect_broken(
      "insert into post_reactions select id, author_id, 'like' from posts where number = 2;"
      "update posts set like_count = 0",
      at(" post 2: counts 0 likes, has 1"));
}

TEST_F(LogCheckTest, AFilmOfTheWrongHourOrThatForgotItsDiscussionsIsFound) {
  expect_broken("update film_activity set hour = hour - 1", "film 1: discussed, hour ");
  expect_broken("delete from film_activity", "film 1: discussed, hour none; its threads tell ");
  run_sql(test_.url(), "select judge_films('{1}')");
  EXPECT_TRUE(broken().empty());
  expect_broken("update films set discussed = false", "film 1: not discussed, hour ");
}

TEST_F(LogCheckTest, AThreadThatIsSolvedByNothingOrDoesNotSaySoIsFound) {
  expect_broken("update threads set solved = true", at(": solved, no answer"));
  run_sql(test_.url(),
          "insert into thread_solutions (thread_id, film_id, post_number, made_link) "
          "select thread_id, film_id, 2, false from thread_films");
  EXPECT_TRUE(broken().empty());
  expect_broken("update threads set solved = false", at(": not solved, an answer"));
  run_sql(test_.url(), "update threads set solved = true");
  expect_broken("update thread_solutions set post_number = 9", at(": solved, by a post that is not there"));
}

TEST_F(LogCheckTest, AReplyToNothingIsFound) {
  expect_broken("delete from posts where number = 1; update posts set reply_to = 1 where number = 2",
                at(" post 2: replies to 1"));
}

TEST_F(LogCheckTest, WhatIsShownOrHiddenAgainstItsStateIsFound) {
  expect_broken("update post_words set shown = false where number = 2",
                at(" post 2: it is searched for as if it were another state"));
  run_sql(test_.url(), "update post_words set shown = true where number = 2");
  expect_broken("update thread_words set shown = false", at(": it is searched for as if it were another"));
  run_sql(test_.url(), "update thread_words set shown = true");
  expect_broken("alter table threads disable trigger threads_emptied; update threads set emptied = true",
                at(": emptied, with posts"));
  run_sql(test_.url(), "update threads set emptied = false");
  expect_broken("alter table posts disable trigger posts_shown; update posts set state = 'removed'",
                at(": not emptied"));
}

}  // namespace
}  // namespace foyer::persistence
