#include <future>
#include <set>

#include <gtest/gtest.h>

#include "persistence/moderation_store.hpp"
#include "persistence/thread_store.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

class ThreadStore : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  FilmId film_ = add_film(database_, "The Cranes Are Flying");

  std::optional<ThreadView> find(ThreadId thread) {
    return database_.snapshot([&](Transaction& t) { return find_thread(t, thread); });
  }
  void change(ThreadId thread, const ThreadChange& change) {
    database_.write([&](Transaction& t) {
      update_thread(t, thread, change);
      return true;
    });
  }
  std::vector<ThreadId> list_all(const ThreadFilter& filter, int page) {
    std::vector<ThreadId> ids;
    std::optional<ThreadPosition> after;
    do {
      const ThreadPage threads = database_.read([&](Transaction& t) { return list_threads(t, filter, after, page); });
      EXPECT_LE(threads.items.size(), static_cast<std::size_t>(page));
      for (const ThreadView& thread : threads.items) {
        ids.push_back(thread.id);
      }
      after = threads.next;
    } while (after);
    return ids;
  }
};

TEST_F(ThreadStore, AThreadIsReadAsItWasStarted) {
  const FilmId other = add_film(database_, "Another");
  const ThreadId id = add_thread(database_, nora_, {other, film_}, "Why the crane shot works");
  const auto thread = find(id);
  ASSERT_TRUE(thread);
  EXPECT_EQ(thread->title, "Why the crane shot works");
  EXPECT_EQ(thread->author, nora_);
  ASSERT_EQ(thread->films.size(), 2u);
  EXPECT_EQ(thread->films[0].id, other);
  EXPECT_EQ(thread->last_seq.value, 1);
  EXPECT_EQ(thread->post_count, 1);
  EXPECT_EQ(thread->reply_count, 0);
  EXPECT_EQ(thread->last_post_author, "nora");
  EXPECT_FALSE(find(ThreadId{999}));
}

TEST_F(ThreadStore, TheFirstCommentsThreadOfAFilmStaysTheOnlyOneHoweverManyRaceForIt) {
  std::vector<std::future<CommentsThread>> racers;
  for (int racer = 0; racer < 6; ++racer) {
    racers.push_back(std::async(std::launch::async, [&] {
      return database_.write([&](Transaction& t) { return ensure_comments_thread(t, film_, "Comments", "comments"); });
    }));
  }
  std::set<ThreadId> ids;
  int created = 0;
  for (auto& racer : racers) {
    const CommentsThread thread = racer.get();
    ids.insert(thread.id);
    created += thread.created ? 1 : 0;
  }
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(created, 1);
  EXPECT_EQ(database_.read([&](Transaction& t) { return find_comments_thread(t, film_); }), *ids.begin());
  const auto thread = find(*ids.begin());
  EXPECT_EQ(thread->kind, ThreadKind::comments);
  EXPECT_FALSE(thread->author);
  EXPECT_EQ(thread->films.at(0).id, film_);
}

TEST_F(ThreadStore, OnlyTheFieldsOfAChangeChange) {
  const ThreadId id = add_thread(database_, nora_, {film_}, "Before");
  change(id, {.locked = true, .slow_mode_seconds = 30});
  EXPECT_TRUE(find(id)->locked);
  EXPECT_EQ(find(id)->title, "Before");
  change(id, {.title = "After", .slug = "after", .films = std::vector<FilmId>{}});
  EXPECT_EQ(find(id)->title, "After");
  EXPECT_TRUE(find(id)->films.empty());
  EXPECT_TRUE(find(id)->locked);
}

TEST_F(ThreadStore, SeqIsDenseAndAnUnknownThreadHasNone) {
  const ThreadId id = add_thread(database_, nora_, {});
  const auto take = [&](ThreadId thread) {
    return database_.write([&](Transaction& t) { return take_seq(t, thread); });
  };
  EXPECT_EQ(take(id), Seq{2});
  EXPECT_EQ(take(id), Seq{3});
  EXPECT_FALSE(take(ThreadId{999}));
  const auto heads = database_.read([&](Transaction& t) { return read_heads(t, {id, ThreadId{999}}); });
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].seq, Seq{3});
}

TEST_F(ThreadStore, ListsArePagedByTimeWithoutGapsOrRepeats) {
  std::vector<ThreadId> expected;
  for (int number = 0; number < 7; ++number) {
    expected.insert(expected.begin(), add_thread(database_, nora_, {film_}));
  }
  run_sql(test_.url(), "update threads set last_post_at = now() + make_interval(mins => id::integer)");
  for (const ThreadSort sort : {ThreadSort::activity, ThreadSort::created}) {
    for (const int page : {1, 2, 3, 7, 20}) {
      EXPECT_EQ(list_all({.sort = sort}, page), expected);
      EXPECT_EQ(list_all({.film = film_, .kind = ThreadKind::discussion, .sort = sort}, page), expected);
    }
  }
  EXPECT_TRUE(list_all({.kind = ThreadKind::review}, 3).empty());
}

TEST_F(ThreadStore, PinnedThreadsAreOnTopOfTheirFilmsListOnly) {
  const ThreadId pinned = add_thread(database_, nora_, {film_});
  const ThreadId second = add_thread(database_, nora_, {film_});
  const ThreadId third = add_thread(database_, nora_, {film_});
  run_sql(test_.url(), "update threads set last_post_at = now() + make_interval(mins => id::integer)");
  change(pinned, {.pinned = true});
  for (const int page : {1, 2, 10}) {
    EXPECT_EQ(list_all({.film = film_}, page), (std::vector{pinned, third, second}));
  }
  EXPECT_EQ(list_all({}, 2), (std::vector{third, second, pinned}));
}

TEST_F(ThreadStore, AnEmptyCommentsThreadIsNotShown) {
  const auto comments = database_.write([&](Transaction& t) { return ensure_comments_thread(t, film_, "C", "c"); });
  EXPECT_TRUE(list_all({}, 5).empty());
  EXPECT_EQ(list_all({.with_posts_only = false}, 5), (std::vector{comments.id}));
}

TEST(ModerationStore, KeepsItsEntriesAndListsThemNewestFirst) {
  const TestDatabase test;
  Database database{{.url = test.url()}};
  const UserView mona = add_user(database, "mona", Role::moderator);
  const ThreadId thread = add_thread(database, mona, {});
  const PostId post = database.read([&](Transaction& t) { return list_posts(t, thread, PostNumber{0}, 1).at(0).id; });
  for (const char* action : {"remove", "restore", "remove"}) {
    database.write([&](Transaction& t) {
      append_moderation_entry(
          t, {.moderator = mona.id, .action = action, .thread = thread, .post = post, .reason = "spam", .note = "n"});
      return true;
    });
  }
  const auto first = database.read([](Transaction& t) { return list_moderation_entries(t, {}, 2); });
  ASSERT_EQ(first.items.size(), 2u);
  EXPECT_EQ(first.items[1].action, "restore");
  EXPECT_EQ(first.items[0].moderator, mona);
  EXPECT_EQ(first.items[0].post_number, PostNumber{1});
  const auto rest = database.read([&](Transaction& t) { return list_moderation_entries(t, first.next, 2); });
  EXPECT_EQ(rest.items.size(), 1u);
  EXPECT_FALSE(rest.next);
  EXPECT_THROW(run_sql(test.url(), "delete from moderation_log"), std::exception);
}

}  // namespace
}  // namespace foyer::persistence
