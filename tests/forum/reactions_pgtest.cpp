#include <thread>

#include "persistence/log_check.hpp"
#include "protocol/codec.hpp"
#include "server/forum/reactions.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Reactions : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    thread = start(mira).value().view.thread.id;
    post = reply(mira, thread, "The *crane* shot").value().post.id;
  }

  Result<Changed<PostView>> like(const Actor& actor) { return act(add_reaction, actor, post, "like"); }
  Result<Changed<PostView>> unlike(const Actor& actor) { return act(remove_reaction, actor, post, "like"); }
  std::int64_t likes() { return look(read_post, post).value().like_count; }

  void expect_whole_log() {
    for (const persistence::LogCheck& check : look(persistence::check_log)) {
      EXPECT_TRUE(check.kept()) << check.promise << ": " << check.examples.at(0);
    }
  }

  ThreadId thread;
  PostId post;
};

TEST_F(Reactions, MakeOneEventWithThePresentCount) {
  const auto liked = like(tomas).value();
  EXPECT_EQ(liked.view.like_count, 1);
  ASSERT_EQ(liked.news.events.size(), 1U);
  const Event event = codec::decode_event(liked.news.events[0].json).value();
  EXPECT_EQ(event.kind, EventKind::post_reacted);
  EXPECT_EQ(event.seq, Seq{3});
  EXPECT_EQ(std::get<PostView>(event.data), liked.view);
  EXPECT_EQ(like(mira).value().view.like_count, 2) << "one's own post may be liked";
  const auto taken_back = unlike(tomas).value();
  EXPECT_EQ(taken_back.view.like_count, 1);
  EXPECT_EQ(codec::decode_event(taken_back.news.events.at(0).json).value().seq, Seq{5});
  EXPECT_EQ(head_of(thread), Seq{5});
}

TEST_F(Reactions, RingNoDoorbellOfListsThatDoNotShowThem) { EXPECT_TRUE(like(tomas).value().news.snapshots.empty()); }

TEST_F(Reactions, RepeatedAreASuccessWithoutNews) {
  ASSERT_TRUE(like(tomas).has_value());
  const auto again = like(tomas).value();
  EXPECT_EQ(again.view.like_count, 1);
  EXPECT_TRUE(again.news.events.empty());
  ASSERT_TRUE(unlike(tomas).has_value());
  const auto none = unlike(tomas).value();
  EXPECT_EQ(none.view.like_count, 0);
  EXPECT_TRUE(none.news.events.empty());
  EXPECT_EQ(head_of(thread), Seq{4});
}

TEST_F(Reactions, AreForMembersAndKnowOneName) {
  EXPECT_EQ(code_of(like(guest)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(unlike(guest)), ErrorCode::unauthenticated);
  EXPECT_EQ(field_of(act(add_reaction, tomas, post, "cry")), "name");
  EXPECT_EQ(code_of(act(add_reaction, tomas, PostId{999'999}, "like")), ErrorCode::not_found);
  EXPECT_EQ(head_of(thread), Seq{2});
}

TEST_F(Reactions, AreWelcomeInALockedThread) {
  ChangeThreadRequest request;
  request.locked = true;
  ASSERT_TRUE(act(change_thread, vera, thread, request).has_value());
  EXPECT_EQ(like(tomas).value().view.like_count, 1);
}

TEST_F(Reactions, OfATombstoneAreHiddenHeldAndComeBackWithIt) {
  ASSERT_TRUE(like(tomas).has_value());
  EXPECT_EQ(remove(post).value().view.like_count, 0);
  EXPECT_EQ(code_of(like(mira)), ErrorCode::conflict);
  EXPECT_EQ(code_of(unlike(tomas)), ErrorCode::conflict);
  EXPECT_EQ(act(restore_post, vera, post).value().view.like_count, 1);
}

TEST_F(Reactions, AreReplayedInThePresentState) {
  ASSERT_TRUE(like(tomas).has_value());
  ASSERT_TRUE(like(mira).has_value());
  const auto caught = look(read_events, thread, Seq{1}, 100).value();
  ASSERT_EQ(caught.events.size(), 3U);
  for (const EncodedEvent& event : caught.events) {
    EXPECT_EQ(std::get<PostView>(codec::decode_event(event.json).value().data).like_count, 2);
  }
}

TEST_F(Reactions, OfTheViewerAreAskedForOnlyWherePostsAreLiked) {
  ASSERT_TRUE(like(tomas).has_value());
  const std::vector<PostView> posts = look(read_posts, thread, PostNumber{0}, 10).value().items;
  EXPECT_EQ(possibly_liked(mira, posts), std::vector<PostId>{post});
  EXPECT_TRUE(possibly_liked(guest, posts).empty());
  EXPECT_EQ(look(find_liked, tomas, std::vector<PostId>{post}), std::vector<PostId>{post});
  EXPECT_TRUE(look(find_liked, mira, std::vector<PostId>{post}).empty());
}

TEST_F(Reactions, OfTheViewerAreToldApartFromThePosts) {
  ASSERT_TRUE(like(tomas).has_value());
  const PostId second = reply(mira, thread, "And the stairs").value().post.id;
  ASSERT_TRUE(act(add_reaction, tomas, second, "like").has_value());
  const auto after = [&](const Actor& actor, std::int64_t number, int limit) {
    return look(read_own_likes, actor, thread, PostNumber{number}, limit);
  };
  EXPECT_EQ(after(tomas, 0, 10).value(), (std::vector<PostId>{post, second}));
  EXPECT_EQ(after(tomas, 0, 2).value(), std::vector<PostId>{post});
  EXPECT_EQ(after(tomas, 2, 10).value(), std::vector<PostId>{second});
  EXPECT_TRUE(after(mira, 0, 10).value().empty());
  EXPECT_EQ(code_of(after(guest, 0, 10)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(look(read_own_likes, tomas, ThreadId{999'999}, PostNumber{0}, 10)), ErrorCode::not_found);
  ASSERT_TRUE(remove(post).has_value());
  EXPECT_EQ(after(tomas, 0, 10).value(), std::vector<PostId>{second});
}

TEST_F(Reactions, OfTwentyMembersAtOnceCountTwenty) {
  std::vector<Actor> crowd;
  for (int number = 0; number < 20; ++number) crowd.push_back(member("fan" + std::to_string(number)));
  std::vector<std::thread> sides;
  for (const Actor& fan : crowd) {
    sides.emplace_back([&] { EXPECT_TRUE(like(fan).has_value()); });
  }
  for (std::thread& side : sides) side.join();
  EXPECT_EQ(likes(), 20);
  EXPECT_EQ(head_of(thread), Seq{22});
  expect_whole_log();
}

// One member from four sides, while the post is removed and restored: counter, rows and seq still agree.
TEST_F(Reactions, RacingEachOtherAndARemovalKeepCountAndSeq) {
  std::vector<std::thread> sides;
  for (int side = 0; side < 5; ++side) {
    sides.emplace_back([&, side] {
      for (int round = 0; round < 10; ++round) {
        if (side == 4) {
          (void)(round % 2 == 0 ? remove(post) : act(restore_post, vera, post));
        } else {
          (void)(side % 2 == 0 ? like(tomas) : unlike(tomas));
        }
      }
    });
  }
  for (std::thread& side : sides) side.join();
  (void)act(restore_post, vera, post);
  const bool liked = !look(find_liked, tomas, std::vector<PostId>{post}).empty();
  EXPECT_EQ(likes(), liked ? 1 : 0);
  expect_whole_log();
}

}  // namespace
}  // namespace foyer::forum
