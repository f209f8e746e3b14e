#include <gtest/gtest.h>

#include "persistence/post_store.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

class PostStore : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  ThreadId thread_ = add_thread(database_, nora_, {});

  std::vector<PostRow> posts(std::int64_t after = 0, int limit = 50) {
    return database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{after}, limit); });
  }
  void reply(int count) {
    PostWriter writer{database_, [](const News&) {}};
    for (int number = 0; number < count; ++number) {
      EXPECT_TRUE(writer.submit(new_post(thread_, nora_, "Reply"), [](const Result<Posted>&) {}));
    }
  }
};

TEST_F(PostStore, TheFirstPostHasNumberAndSeqOne) {
  ASSERT_EQ(posts().size(), 1u);
  const PostRow post = posts()[0];
  EXPECT_EQ(post.number, PostNumber{1});
  EXPECT_EQ(post.author, nora_);
  EXPECT_EQ(post.body, "First post");
  EXPECT_EQ(post.html, "<p>First post</p>");
  EXPECT_EQ(post.state, PostState::visible);
  EXPECT_EQ(run_sql(test_.url(), "select seq from events"), "1");
  const auto found = database_.read([&](Transaction& t) { return find_post(t, post.id); });
  EXPECT_EQ(found->created_at, post.created_at);
  EXPECT_FALSE(database_.read([](Transaction& t) { return find_post(t, PostId{999}); }));
}

TEST_F(PostStore, PostsComeInOrderFromTheNumberAfter) {
  reply(9);
  const auto page = posts(3, 4);
  ASSERT_EQ(page.size(), 4u);
  EXPECT_EQ(page.front().number, PostNumber{4});
  EXPECT_EQ(page.back().number, PostNumber{7});
  EXPECT_TRUE(posts(10).empty());
}

TEST_F(PostStore, AnEditKeepsTheTextBefore) {
  const UserView mona = add_user(database_, "mona", Role::moderator);
  const PostId post = posts()[0].id;
  const PostRow edited = database_.write([&](Transaction& t) {
    update_post_body(t, post, nora_.id, "Second text", "<p>Second text</p>", 2, {});
    return update_post_body(t, post, mona.id, "Third text", "<p>Third text</p>", 2, {});
  });
  EXPECT_EQ(edited.revision, 3);
  EXPECT_EQ(edited.body, "Third text");
  ASSERT_TRUE(edited.edited_at);
  const auto revisions = database_.read([&](Transaction& t) { return list_revisions(t, post); });
  ASSERT_EQ(revisions.size(), 3u);
  EXPECT_EQ(revisions[0].body, "First post");
  EXPECT_EQ(revisions[0].editor, nora_);
  EXPECT_EQ(revisions[1].body, "Second text");
  EXPECT_EQ(revisions[2].body, "Third text");
  EXPECT_EQ(revisions[2].editor, mona);
  EXPECT_EQ(revisions[2].at, edited.edited_at);
}

TEST_F(PostStore, ATombstoneKeepsItsTextInTheRowAndGivesReadersNone) {
  const PostId post = posts()[0].id;
  const auto set = [&](PostState state) {
    return database_.write([&](Transaction& t) { return set_post_state(t, post, state, "spam"); });
  };
  const PostRow removed = set(PostState::removed);
  EXPECT_EQ(removed.body, "First post");
  EXPECT_EQ(removed.removal_reason, "spam");
  const PostView view = readers_view(removed);
  EXPECT_FALSE(view.body);
  EXPECT_FALSE(view.html);
  EXPECT_EQ(view.removal_reason, "spam");
  const PostRow restored = set(PostState::visible);
  EXPECT_EQ(restored.removal_reason, "");
  EXPECT_EQ(readers_view(restored).body, "First post");
}

TEST_F(PostStore, AMembersVisiblePostsArePagedNewestFirst) {
  reply(6);
  const auto hidden = posts()[2].id;
  database_.write([&](Transaction& t) { return set_post_state(t, hidden, PostState::deleted, ""); });
  std::vector<PostNumber> numbers;
  std::optional<UserPostPosition> after;
  do {
    const auto page = database_.read([&](Transaction& t) { return list_user_posts(t, nora_.id, after, 2); });
    for (const PostRow& post : page.items) {
      numbers.push_back(post.number);
    }
    after = page.next;
  } while (after);
  EXPECT_EQ(numbers,
            (std::vector{PostNumber{7}, PostNumber{6}, PostNumber{5}, PostNumber{4}, PostNumber{2}, PostNumber{1}}));
}

TEST_F(PostStore, NoThreadAndNoMemberIsTakenAwayUnderAPost) {
  const UserView vera = add_user(database_, "vera");
  {
    PostWriter writer{database_, [](const News&) {}};
    EXPECT_TRUE(writer.submit(new_post(thread_, vera, "Reply"), [](const Result<Posted>&) {}));
  }
  EXPECT_THROW(run_sql(test_.url(), "delete from users where name = 'vera'"), std::runtime_error);
  EXPECT_THROW(run_sql(test_.url(), "delete from threads"), std::runtime_error);
  run_sql(test_.url(), "delete from posts");
  run_sql(test_.url(), "delete from users where name = 'vera'");
  run_sql(test_.url(), "delete from threads");
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from threads"), "0");
}

TEST_F(PostStore, AKeyAnswersOnceUntilItsLifeIsOver) {
  const KeyUse use{.fingerprint = std::string("\0\\'\"", 4), .post = posts()[0].id, .seq = Seq{1}};
  const auto insert = [&] {
    return database_.write([&](Transaction& t) { return insert_key(t, nora_.id, "key-0001", use); });
  };
  const auto find = [&] { return database_.read([&](Transaction& t) { return find_key(t, nora_.id, "key-0001"); }); };
  EXPECT_FALSE(find());
  EXPECT_TRUE(insert());
  EXPECT_FALSE(insert());
  ASSERT_TRUE(find());
  EXPECT_EQ(find()->fingerprint, use.fingerprint);
  EXPECT_EQ(find()->post, use.post);
  run_sql(test_.url(), "update idempotency_keys set created_at = now() - interval '25 hours'");
  EXPECT_FALSE(find());
  EXPECT_TRUE(insert());
  EXPECT_TRUE(find());
  run_sql(test_.url(), "update idempotency_keys set created_at = now() - interval '25 hours'");
  EXPECT_EQ(database_.write([](Transaction& t) { return delete_expired(t); }), 1);
}

}  // namespace
}  // namespace foyer::persistence
