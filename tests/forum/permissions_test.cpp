#include "server/forum/permissions.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::forum {
namespace {

using persistence::PostRow;

constexpr Timestamp now{std::chrono::hours(24 * 365 * 50)};

Actor person(std::int64_t id, Role role, Reach reach = Reach::moderating) {
  return Actor{UserView{UserId{id}, "name", role}, reach};
}

const Actor guest{};
const Actor author = person(1, Role::member);
const Actor member = person(2, Role::member);
const Actor moderator = person(3, Role::moderator);
const Actor admin = person(4, Role::admin);

PostRow post_of_author(PostState state = PostState::visible, Timestamp created_at = now) {
  PostRow row;
  row.id = PostId{10};
  row.author = *author.user;
  row.state = state;
  row.body = "a secret";
  row.html = "<p>a secret</p>";
  row.removal_reason = state == PostState::removed ? "rude" : "";
  row.created_at = created_at;
  row.like_count = 2;
  return row;
}

// One word per actor: guest, author, other member, moderator, admin.
std::string verdicts(const std::function<Result<void>(const Actor&)>& may) {
  std::string line;
  for (const Actor& actor : {guest, author, member, moderator, admin}) {
    const auto verdict = may(actor);
    line += (line.empty() ? "" : " ") + (verdict ? std::string("yes") : std::string(code_word(verdict.error().code)));
  }
  return line;
}

std::string edit(const PostRow& row) {
  return verdicts([&](const Actor& actor) { return may_edit(actor, row, now); });
}

std::string remove_by_author(const PostRow& row) {
  return verdicts([&](const Actor& actor) { return may_delete(actor, row, now); });
}

std::string history(const PostRow& row) {
  return verdicts([&](const Actor& actor) { return may_read_history(actor, row); });
}

std::string subscribe(Channel channel) {
  return verdicts([&](const Actor& actor) { return may_subscribe(actor, channel); });
}

TEST(Permissions, MembersPost) { EXPECT_EQ(verdicts(may_post), "unauthenticated yes yes yes yes"); }

TEST(Permissions, ModeratorsModerate) {
  EXPECT_EQ(verdicts(may_moderate), "unauthenticated forbidden forbidden yes yes");
}

TEST(Permissions, AuthorsAndModeratorsEditVisiblePosts) {
  EXPECT_EQ(edit(post_of_author()), "unauthenticated yes forbidden yes yes");
  EXPECT_EQ(edit(post_of_author(PostState::removed)), "unauthenticated conflict forbidden conflict conflict");
  EXPECT_EQ(edit(post_of_author(PostState::deleted)), "unauthenticated conflict forbidden conflict conflict");
}

TEST(Permissions, AuthorsAndModeratorsDelete) {
  EXPECT_EQ(remove_by_author(post_of_author()), "unauthenticated yes forbidden yes yes");
  EXPECT_EQ(remove_by_author(post_of_author(PostState::removed)),
            "unauthenticated conflict forbidden conflict conflict");
  EXPECT_EQ(remove_by_author(post_of_author(PostState::deleted)), "unauthenticated yes forbidden yes yes");
}

TEST(Permissions, EveryMemberReactsToVisiblePostsOldOnesToo) {
  const auto react = [](const PostRow& row) {
    return verdicts([&](const Actor& actor) { return may_react(actor, row); });
  };
  EXPECT_EQ(react(post_of_author(PostState::visible, now - 2 * limits::edit_window)),
            "unauthenticated yes yes yes yes");
  for (const PostState state : {PostState::removed, PostState::deleted}) {
    EXPECT_EQ(react(post_of_author(state)), "unauthenticated conflict conflict conflict conflict");
  }
}

TEST(Permissions, TheEditWindowBindsAuthorsNotModerators) {
  const PostRow old = post_of_author(PostState::visible, now - limits::edit_window - std::chrono::seconds(1));
  EXPECT_EQ(edit(old), "unauthenticated forbidden forbidden yes yes");
  EXPECT_EQ(remove_by_author(old), "unauthenticated forbidden forbidden yes yes");
}

TEST(Permissions, HistoryIsTheAuthorsUntilARemoval) {
  EXPECT_EQ(history(post_of_author()), "unauthenticated yes forbidden yes yes");
  EXPECT_EQ(history(post_of_author(PostState::deleted)), "unauthenticated yes forbidden yes yes");
  EXPECT_EQ(history(post_of_author(PostState::removed)), "unauthenticated forbidden forbidden yes yes");
}

TEST(Permissions, ChannelsAreOpenButMembersAndModeration) {
  EXPECT_EQ(subscribe({ChannelKind::thread, 1}), "yes yes yes yes yes");
  EXPECT_EQ(subscribe({ChannelKind::film, 1}), "yes yes yes yes yes");
  EXPECT_EQ(subscribe({ChannelKind::front, 0}), "yes yes yes yes yes");
  EXPECT_EQ(subscribe({ChannelKind::member, 1}), "unauthenticated yes forbidden forbidden forbidden");
  EXPECT_EQ(subscribe({ChannelKind::moderation, 0}), "unauthenticated forbidden forbidden yes yes");
}

TEST(Permissions, ATokenMayDoWhatItWasGivenFor) {
  const Actor reader = person(3, Role::moderator, Reach::reading);
  const Actor writer = person(3, Role::moderator, Reach::writing);
  EXPECT_TRUE(may_post(reader).has_error());
  EXPECT_EQ(may_react(reader, post_of_author()).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(may_edit(reader, post_of_author(), now).has_error());
  EXPECT_TRUE(may_post(writer).has_value());
  EXPECT_TRUE(may_moderate(writer).has_error());
  EXPECT_TRUE(may_edit(writer, post_of_author(), now).has_error());
  EXPECT_TRUE(may_read_history(writer, post_of_author(PostState::removed)).has_error());
}

TEST(Permissions, ASilencedMemberDoesNotReact) {
  Actor silenced = person(2, Role::member, Reach::reading);
  silenced.silence = "Insults";
  EXPECT_EQ(may_react(silenced, post_of_author()).error().code, ErrorCode::silenced);
}

TEST(PublicView, HasNeitherTextNorReactionsUnlessThePostIsVisible) {
  EXPECT_EQ(public_view(post_of_author()).body, "a secret");
  EXPECT_EQ(public_view(post_of_author()).like_count, 2);
  for (const PostState state : {PostState::removed, PostState::deleted}) {
    const PostView view = public_view(post_of_author(state));
    EXPECT_FALSE(view.body);
    EXPECT_FALSE(view.html);
    EXPECT_EQ(view.like_count, 0);
    EXPECT_EQ(view.removal_reason, state == PostState::removed ? "rude" : "");
  }
}

TEST(PublicView, OfAnEventShowsThePresentState) {
  persistence::EventRow row;
  row.channel = {ChannelKind::thread, 5};
  row.seq = Seq{3};
  row.kind = EventKind::post_created;
  row.subject = post_of_author(PostState::removed);
  const Event event = public_event(row);
  EXPECT_EQ(event.kind, EventKind::post_created);
  EXPECT_EQ(event.seq, Seq{3});
  EXPECT_FALSE(std::get<PostView>(event.data).body);
}

}  // namespace
}  // namespace foyer::forum
