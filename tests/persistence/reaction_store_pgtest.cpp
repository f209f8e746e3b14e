#include <gtest/gtest.h>

#include "persistence/event_store.hpp"
#include "persistence/reaction_store.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

class ReactionStore : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  UserView omar_ = add_user(database_, "omar");
  ThreadId thread_ = add_thread(database_, nora_, {});
  PostId post_ = database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{0}, 1).at(0).id; });

  bool like(const UserView& member) {
    return database_.write([&](Transaction& t) { return add_reaction(t, post_, member.id, Reaction::like); });
  }
  bool unlike(const UserView& member) {
    return database_.write([&](Transaction& t) { return remove_reaction(t, post_, member.id, Reaction::like); });
  }
  std::int64_t likes() {
    return database_.read([&](Transaction& t) { return find_post(t, post_).value().like_count; });
  }
};

TEST_F(ReactionStore, CountsEachMemberOnce) {
  EXPECT_EQ(likes(), 0);
  EXPECT_TRUE(like(nora_));
  EXPECT_FALSE(like(nora_));
  EXPECT_TRUE(like(omar_));
  EXPECT_EQ(likes(), 2);
  EXPECT_TRUE(unlike(nora_));
  EXPECT_FALSE(unlike(nora_));
  EXPECT_EQ(likes(), 1);
}

TEST_F(ReactionStore, EveryWayToAPostTellsTheSameCount) {
  like(nora_);
  like(omar_);
  const auto event = database_.read([&](Transaction& t) { return read_events(t, thread_, Seq{0}, 1); });
  EXPECT_EQ(std::get<PostRow>(event.events.at(0).subject).like_count, 2);
  EXPECT_EQ(database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{0}, 1); })[0].like_count, 2);
  EXPECT_EQ(
      database_.write([&](Transaction& t) { return set_post_state(t, post_, PostState::removed, "spam"); }).like_count,
      2);
}

TEST_F(ReactionStore, TellsWhichOfTheAskedPostsAMemberLikes) {
  const ThreadId other = add_thread(database_, nora_, {}, "Another one");
  const PostId second = database_.read([&](Transaction& t) { return list_posts(t, other, PostNumber{0}, 1).at(0).id; });
  like(nora_);
  database_.write([&](Transaction& t) { return add_reaction(t, second, nora_.id, Reaction::like); });
  const auto liked = [&](const UserView& member, const std::vector<PostId>& posts) {
    return database_.read([&](Transaction& t) { return find_reacted(t, member.id, Reaction::like, posts); });
  };
  EXPECT_EQ(liked(nora_, {second, post_}), (std::vector<PostId>{post_, second}));
  EXPECT_EQ(liked(nora_, {second}), (std::vector<PostId>{second}));
  EXPECT_TRUE(liked(omar_, {second, post_}).empty());
}

TEST_F(ReactionStore, AMemberWhoIsDeletedTakesTheirLikesAlong) {
  like(nora_);
  like(omar_);
  run_sql(test_.url(), "delete from users where name = 'omar'");
  EXPECT_EQ(likes(), 1);
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from post_reactions"), "1");
}

TEST_F(ReactionStore, APostThatIsDeletedTakesItsLikesAlong) {
  like(omar_);
  run_sql(test_.url(), "delete from posts");
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from post_reactions"), "0");
}

TEST_F(ReactionStore, ALikeIsGoneWithItsTransaction) {
  database_.write([&](Transaction& t) -> Result<int> {
    add_reaction(t, post_, omar_.id, Reaction::like);
    return refused(ErrorCode::conflict, "changed its mind");
  });
  EXPECT_EQ(likes(), 0);
  EXPECT_TRUE(like(omar_));
}

}  // namespace
}  // namespace foyer::persistence
