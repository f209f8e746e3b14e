#include "protocol/codec.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;

class CatchingUp : public samples::ForumWorld {};

TEST_F(CatchingUp, GivesEventsAfterAPositionInOrder) {
  const ThreadId thread = start(mira).value().view.thread.id;
  for (int count = 0; count < 5; ++count) ASSERT_TRUE(reply(tomas, thread, "reply").has_value());
  const auto some = look(read_events, thread, Seq{2}, 3).value();
  ASSERT_EQ(some.events.size(), 3U);
  EXPECT_EQ(some.events.front().seq, Seq{3});
  EXPECT_EQ(some.events.back().seq, Seq{5});
  EXPECT_EQ(some.head, Seq{6});
  EXPECT_EQ(some.events.front().channel, (Channel{ChannelKind::thread, thread.value}));
  EXPECT_TRUE(look(read_events, thread, Seq{6}, 3).value().events.empty());
}

TEST_F(CatchingUp, RefusesWhatCannotBe) {
  const ThreadId thread = start(mira).value().view.thread.id;
  EXPECT_EQ(code_of(look(read_events, thread, Seq{2}, 3)), ErrorCode::resync_needed);
  EXPECT_EQ(code_of(look(read_events, ThreadId{999'999}, Seq{0}, 3)), ErrorCode::not_found);
}

TEST_F(CatchingUp, ShowsEachPostInItsPresentState) {
  const auto started = start(mira, "On endings", "", "the first text").value();
  const ThreadId thread = started.view.thread.id;
  const PostId post = started.view.post.id;
  ASSERT_TRUE(act(edit_post, mira, post, EditPostRequest{"the second text"}).has_value());
  const auto edited = look(read_events, thread, Seq{0}, 10).value();
  ASSERT_EQ(edited.events.size(), 2U);
  EXPECT_EQ(std::get<PostView>(codec::decode_event(edited.events[0].json).value().data).body, "the second text");
  ASSERT_TRUE(remove(post).has_value());
  const auto removed = look(read_events, thread, Seq{0}, 10).value();
  ASSERT_EQ(removed.events.size(), 3U);
  for (const EncodedEvent& event : removed.events) {
    const auto view = std::get<PostView>(codec::decode_event(event.json).value().data);
    EXPECT_EQ(view.state, PostState::removed);
    EXPECT_FALSE(view.body);
  }
}

TEST_F(CatchingUp, KnowsTheHeadsOfManyThreads) {
  const ThreadId one = start(mira).value().view.thread.id;
  const ThreadId two = start(mira).value().view.thread.id;
  ASSERT_TRUE(reply(tomas, two, "reply").has_value());
  const auto heads = look(read_heads, std::vector<ThreadId>{one, two, ThreadId{999'999}});
  ASSERT_EQ(heads.size(), 2U);
  for (const Head& head : heads) EXPECT_EQ(head.seq, head.thread == one ? Seq{1} : Seq{2});
}

}  // namespace
}  // namespace foyer::forum
