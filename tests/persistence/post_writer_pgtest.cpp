#include <algorithm>
#include <functional>
#include <future>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "persistence/event_store.hpp"
#include "persistence/post_writer.hpp"
#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement lock_table{"lock_posts", "lock table posts in share mode"};

void lock_posts(Transaction& transaction) { execute(transaction, lock_table); }

class PostWriting : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  UserView mona_ = add_user(database_, "mona", Role::moderator);
  FilmId film_ = add_film(database_, "A film");
  ThreadId thread_ = add_thread(database_, nora_, {film_});
  WriterRecord record_;
  PostWriter writer_{database_, record_.publish()};

  void change(const ThreadChange& change) {
    database_.write([&](Transaction& t) {
      update_thread(t, thread_, change);
      return true;
    });
  }
  std::vector<PostRow> posts() {
    return database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{0}, 10'000); });
  }
  // Holds the table of posts, so that the writer waits with the first one and all `meanwhile` submits is queued.
  void while_the_writer_waits(const std::function<void()>& meanwhile) {
    database_.write([&](Transaction& t) {
      lock_posts(t);
      EXPECT_TRUE(writer_.submit(new_post(thread_, mona_, "The writer takes this one and waits"), record_.answer()));
      EXPECT_TRUE(eventually([&] { return writer_.figures().queued == 0; }));
      meanwhile();
      return true;
    });
  }
  // Everything comes into few batches; then waits for answers.
  std::vector<Result<Posted>> post_together(const std::vector<NewPost>& posts) {
    while_the_writer_waits([&] {
      for (const NewPost& post : posts) {
        EXPECT_TRUE(writer_.submit(post, record_.answer()));
      }
    });
    EXPECT_TRUE(eventually([&] { return record_.answered() == posts.size() + 1; }));
    std::vector<Result<Posted>> results = record_.results();
    results.erase(results.begin());
    return results;
  }
};

TEST_F(PostWriting, APostIsAcknowledgedAsALaterReadShowsIt) {
  NewPost post = new_post(thread_, nora_, R"(Hard "text", \ {braces}, NULL, Журавли)");
  post.reply_to = PostNumber{1};
  post.film_position_seconds = 4000;
  const auto posted = post_now(writer_, post);
  ASSERT_TRUE(posted.has_value());
  EXPECT_EQ(posted->seq, Seq{2});
  EXPECT_EQ(posted->post.number, PostNumber{2});
  const auto row = database_.read([&](Transaction& t) { return find_post(t, posted->post.id); });
  ASSERT_TRUE(row);
  EXPECT_EQ(readers_view(*row), posted->post);
  const auto thread = database_.read([&](Transaction& t) { return find_thread(t, thread_); });
  EXPECT_EQ(thread->post_count, 2);
  EXPECT_EQ(thread->last_seq, Seq{2});
  EXPECT_EQ(thread->last_post_at, posted->post.created_at);
  EXPECT_EQ(thread->last_post_author, "nora");
}

TEST_F(PostWriting, ABatchIsOneNewsInOrderOfChannelAndSeqWithTheFilmsAndTheFrontPage) {
  const ThreadId other = add_thread(database_, nora_, {});
  std::vector<NewPost> batch;
  for (int number = 0; number < 6; ++number) {
    batch.push_back(new_post(number % 2 == 0 ? other : thread_, nora_, "Post"));
  }
  for (const auto& result : post_together(batch)) {
    EXPECT_TRUE(result.has_value());
  }
  const auto news = record_.news();
  ASSERT_EQ(news.size(), 2u);
  ASSERT_EQ(news[1].events.size(), 6u);
  EXPECT_TRUE(std::ranges::is_sorted(news[1].events, {},
                                     [](const EncodedEvent& event) { return std::pair(event.channel, event.seq); }));
  EXPECT_EQ(news[1].snapshots, (std::vector<Channel>{{ChannelKind::film, film_.value}, {ChannelKind::front, 0}}));
  EXPECT_EQ(writer_.figures().batches, 2u);
  EXPECT_EQ(writer_.figures().posts, 7u);
}

TEST_F(PostWriting, OneBadPostOfABatchFailsAlone) {
  NewPost bad_reply = new_post(thread_, nora_, "Reply to nothing");
  bad_reply.reply_to = PostNumber{99};
  UserView nobody = nora_;
  nobody.id = UserId{9999};
  const auto results = post_together({new_post(thread_, nora_, "Good"), new_post(ThreadId{9999}, nora_, "No thread"),
                                      new_post(thread_, nora_, "Invalid \xff UTF-8"), bad_reply,
                                      new_post(thread_, nobody, "No author"), new_post(thread_, nora_, "Good too")});
  ASSERT_EQ(results.size(), 6u);
  EXPECT_TRUE(results[0].has_value());
  EXPECT_EQ(results[1].error().code, ErrorCode::not_found);
  EXPECT_EQ(results[2].error().code, ErrorCode::internal);
  EXPECT_EQ(results[3].error().code, ErrorCode::invalid);
  EXPECT_EQ(results[3].error().fields.at(0).field, "reply_to");
  EXPECT_EQ(results[4].error().code, ErrorCode::unauthenticated);
  EXPECT_TRUE(results[5].has_value());
  EXPECT_EQ(results[5]->post.number.value, results[0]->post.number.value + 1);
  EXPECT_EQ(writer_.figures().replays, 6u);
}

TEST_F(PostWriting, ALockedThreadTakesPostsOfModeratorsOnly) {
  change({.locked = true});
  EXPECT_EQ(post_now(writer_, new_post(thread_, nora_, "May I?")).error().code, ErrorCode::locked);
  EXPECT_TRUE(post_now(writer_, new_post(thread_, mona_, "Closed.")).has_value());
}

TEST_F(PostWriting, SlowModeAsksForAPauseAlsoWithinABatchAndNotOfModerators) {
  change({.slow_mode_seconds = 60});
  const UserView boris = add_user(database_, "boris");
  const auto results = post_together({new_post(thread_, boris, "One"), new_post(thread_, boris, "Two"),
                                      new_post(thread_, mona_, "Three"), new_post(thread_, mona_, "Four")});
  EXPECT_TRUE(results.at(0).has_value());
  EXPECT_EQ(results.at(1).error().code, ErrorCode::slow_mode);
  EXPECT_EQ(results.at(1).error().retry_after_seconds, 60);
  EXPECT_TRUE(results.at(2).has_value());
  EXPECT_TRUE(results.at(3).has_value());
  run_sql(test_.url(), "update posts set created_at = created_at - interval '40 seconds'");
  EXPECT_EQ(post_now(writer_, new_post(thread_, boris, "Soon")).error().retry_after_seconds, 20);
  run_sql(test_.url(), "update posts set created_at = created_at - interval '40 seconds'");
  EXPECT_TRUE(post_now(writer_, new_post(thread_, boris, "Later")).has_value());
}

TEST_F(PostWriting, ARepeatedKeyAnswersWithTheFirstPost) {
  const auto first = post_now(writer_, keyed_post(thread_, nora_, "Once", "key-00001"));
  change({.locked = true});
  const auto second = post_now(writer_, keyed_post(thread_, nora_, "Once", "key-00001"));
  ASSERT_TRUE(first.has_value());
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->post, first->post);
  EXPECT_EQ(second->seq, first->seq);
  EXPECT_EQ(posts().size(), 2u);
  EXPECT_EQ(record_.news().size(), 1u);
}

TEST_F(PostWriting, ARepeatedKeyOfARemovedPostGivesNoText) {
  const auto first = post_now(writer_, keyed_post(thread_, nora_, "Once", "key-00001"));
  database_.write([&](Transaction& t) { return set_post_state(t, first->post.id, PostState::removed, "spam"); });
  const auto second = post_now(writer_, keyed_post(thread_, nora_, "Once", "key-00001"));
  EXPECT_EQ(second->post.state, PostState::removed);
  EXPECT_FALSE(second->post.body);
}

TEST_F(PostWriting, TheSameKeyUnderAnotherTextIsRefused) {
  ASSERT_TRUE(post_now(writer_, keyed_post(thread_, nora_, "Once", "key-00001")).has_value());
  EXPECT_EQ(post_now(writer_, keyed_post(thread_, nora_, "Other", "key-00001")).error().code, ErrorCode::key_reused);
  EXPECT_TRUE(post_now(writer_, keyed_post(thread_, mona_, "Other", "key-00001")).has_value());
}

TEST_F(PostWriting, AKeyOverItsLifeIsNewAgain) {
  const auto first = post_now(writer_, keyed_post(thread_, nora_, "Once", "key-00001"));
  run_sql(test_.url(), "update idempotency_keys set created_at = now() - interval '25 hours'");
  const auto second = post_now(writer_, keyed_post(thread_, nora_, "Other", "key-00001"));
  ASSERT_TRUE(second.has_value());
  EXPECT_NE(second->post.id, first->post.id);
  EXPECT_EQ(post_now(writer_, keyed_post(thread_, nora_, "Other", "key-00001"))->post.id, second->post.id);
}

TEST_F(PostWriting, TheSameKeyManyTimesAtOnceMakesOnePost) {
  const auto results = post_together(std::vector<NewPost>(5, keyed_post(thread_, nora_, "Once", "key-00001")));
  for (const auto& result : results) {
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->post.id, results[0]->post.id);
  }
  EXPECT_EQ(posts().size(), 3u);
}

TEST_F(PostWriting, ARacedKeyOnTwoNodesMakesOnePost) {
  Database other_database{{.url = test_.url()}};
  WriterRecord other_record;
  PostWriter other{other_database, other_record.publish()};
  constexpr std::size_t keys = 200;
  for (std::size_t number = 0; number < keys; ++number) {
    const NewPost post = keyed_post(thread_, nora_, "Once", "key-" + std::to_string(10000 + number));
    ASSERT_TRUE(writer_.submit(post, record_.answer()));
    ASSERT_TRUE(other.submit(post, other_record.answer()));
  }
  ASSERT_TRUE(eventually([&] { return record_.answered() == keys && other_record.answered() == keys; }));
  EXPECT_EQ(posts().size(), keys + 1);
  std::set<PostId> ids;
  for (const auto* record : {&record_, &other_record}) {
    for (const auto& result : record->results()) {
      ASSERT_TRUE(result.has_value());
      ids.insert(result->post.id);
    }
  }
  EXPECT_EQ(ids.size(), keys);
}

// The row lock of one thread cannot order these: only the key itself does.
TEST_F(PostWriting, AKeyRacedOnTwoThreadsOfTwoNodesMakesOnePost) {
  const ThreadId second_thread = add_thread(database_, nora_, {});
  Database other_database{{.url = test_.url()}};
  WriterRecord other_record;
  PostWriter other{other_database, other_record.publish()};
  constexpr std::size_t keys = 200;
  for (std::size_t number = 0; number < keys; ++number) {
    const std::string key = "key-" + std::to_string(10000 + number);
    ASSERT_TRUE(writer_.submit(keyed_post(thread_, nora_, "Here", key), record_.answer()));
    ASSERT_TRUE(other.submit(keyed_post(second_thread, nora_, "There", key), other_record.answer()));
  }
  ASSERT_TRUE(eventually([&] { return record_.answered() == keys && other_record.answered() == keys; }));
  std::size_t posted = 0;
  for (const auto* record : {&record_, &other_record}) {
    for (const auto& result : record->results()) {
      posted += result.has_value() ? 1 : 0;
      EXPECT_TRUE(result.has_value() || result.error().code == ErrorCode::key_reused);
    }
  }
  EXPECT_EQ(posted, keys);
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from posts where body in ('Here', 'There')"), std::to_string(keys));
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from threads where last_seq <> post_count"), "0");
}

TEST_F(PostWriting, NumbersAndSeqsAreDenseWhileTwoNodesWriteAndOthersEdit) {
  constexpr int members = 20, each = 25, threads_count = 4, edits = 40;
  std::vector<ThreadId> threads;
  std::vector<UserView> authors;
  for (int number = 0; number < threads_count; ++number) {
    threads.push_back(add_thread(database_, nora_, {film_}));
  }
  for (int number = 0; number < members; ++number) {
    authors.push_back(add_user(database_, "member" + std::to_string(number)));
  }
  Database other_database{{.url = test_.url()}};
  WriterRecord other_record;
  PostWriter other{other_database, other_record.publish()};
  std::vector<std::future<void>> jobs;
  for (int member = 0; member < members; ++member) {
    jobs.push_back(std::async(std::launch::async, [&, member] {
      PostWriter& writer = member % 2 == 0 ? writer_ : other;
      for (int number = 0; number < each; ++number) {
        const ThreadId thread = threads[static_cast<std::size_t>((member + number) % threads_count)];
        EXPECT_TRUE(post_now(writer, new_post(thread, authors[static_cast<std::size_t>(member)], "Post")).has_value());
      }
    }));
  }
  for (const ThreadId thread : threads) {
    jobs.push_back(std::async(std::launch::async, [&, thread] {
      for (int number = 0; number < edits; ++number) {
        database_.write([&](Transaction& t) {
          const Seq seq = take_seq(t, thread).value();
          const PostId post = list_posts(t, thread, PostNumber{0}, 1).at(0).id;
          update_post_body(t, post, nora_.id, "Edited", "<p>Edited</p>", 1, {});
          append_event(t, thread, seq, EventKind::post_edited, post, transaction_time(t));
          return true;
        });
      }
    }));
  }
  for (auto& job : jobs) {
    job.get();
  }
  std::map<Channel, std::set<Seq>> published;
  for (const auto* record : {&record_, &other_record}) {
    for (const News& news : record->news()) {
      for (const EncodedEvent& event : news.events) {
        EXPECT_TRUE(published[event.channel].insert(event.seq).second) << "published twice";
      }
    }
  }
  constexpr int posts_each = members * each / threads_count;
  for (const ThreadId thread : threads) {
    const auto rows = database_.read([&](Transaction& t) { return list_posts(t, thread, PostNumber{0}, 10'000); });
    ASSERT_EQ(std::ssize(rows), posts_each + 1);
    for (std::size_t at = 0; at < rows.size(); ++at) {
      EXPECT_EQ(rows[at].number.value, static_cast<std::int64_t>(at) + 1);
    }
    const auto events = database_.read([&](Transaction& t) { return read_events(t, thread, Seq{0}, 10'000); });
    ASSERT_EQ(std::ssize(events.events), posts_each + edits + 1);
    for (std::size_t at = 0; at < events.events.size(); ++at) {
      EXPECT_EQ(events.events[at].seq.value, static_cast<std::int64_t>(at) + 1);
    }
    EXPECT_EQ(events.head, events.events.back().seq);
    EXPECT_EQ(std::ssize(published[Channel{ChannelKind::thread, thread.value}]), posts_each);
  }
}

TEST_F(PostWriting, DrainingWritesWhatIsQueuedAndRefusesMore) {
  for (int number = 0; number < 300; ++number) {
    ASSERT_TRUE(writer_.submit(new_post(thread_, nora_, "Post"), record_.answer()));
  }
  writer_.drain();
  writer_.drain();
  EXPECT_EQ(record_.answered(), 300u);
  EXPECT_EQ(posts().size(), 301u);
  EXPECT_FALSE(writer_.submit(new_post(thread_, nora_, "Too late"), record_.answer()));
}

TEST_F(PostWriting, AFullQueueRefusesAtOnce) {
  constexpr std::size_t threads = limits::post_queue / limits::post_queue_thread;
  std::vector<ThreadId> flooded;
  for (std::size_t number = 0; number < threads; ++number) {
    flooded.push_back(add_thread(database_, nora_, {}));
  }
  const ThreadId quiet = add_thread(database_, nora_, {});
  while_the_writer_waits([&] {
    for (std::size_t number = 0; number < limits::post_queue; ++number) {
      EXPECT_TRUE(writer_.submit(new_post(flooded[number % threads], nora_, "Post"), record_.answer()));
    }
    const auto refused = writer_.submit(new_post(quiet, nora_, "One too many"), record_.answer());
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_EQ(refused.error().retry_after_seconds, 1);
  });
  EXPECT_TRUE(eventually([&] { return record_.answered() == limits::post_queue + 1; }, std::chrono::seconds(30)));
}

TEST_F(PostWriting, ABatchIsTakenInTurnSoThatAQuietThreadWaitsForNoFlood) {
  const ThreadId quiet = add_thread(database_, nora_, {});
  while_the_writer_waits([&] {
    for (std::size_t number = 0; number < limits::post_queue_thread; ++number) {
      EXPECT_TRUE(writer_.submit(new_post(thread_, nora_, "Flood"), record_.answer()));
    }
    EXPECT_TRUE(writer_.submit(new_post(thread_, nora_, "Beyond the share"), record_.answer()).has_error());
    EXPECT_TRUE(writer_.submit(new_post(quiet, nora_, "Quiet"), record_.answer()));
  });
  ASSERT_TRUE(eventually([&] { return record_.answered() == limits::post_queue_thread + 2; }));
  const auto news = record_.news();
  ASSERT_GE(news.size(), 2u);
  EXPECT_EQ(std::ranges::count(news[1].events, Channel{ChannelKind::thread, quiet.value}, &EncodedEvent::channel), 1);
  EXPECT_EQ(news[1].events.size(), limits::post_batch);
}

TEST_F(PostWriting, WhatACallbackThrowsHarmsNobodyElse) {
  PostWriter writer{database_, [](const News&) { throw std::runtime_error("the bus is down"); }};
  EXPECT_TRUE(writer.submit(new_post(thread_, nora_, "One"),
                            [](const Result<Posted>&) { throw std::runtime_error("the session is gone"); }));
  EXPECT_TRUE(post_now(writer, new_post(thread_, nora_, "Two")).has_value());
}

}  // namespace
}  // namespace foyer::persistence
