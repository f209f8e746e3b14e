#include "server/live/bus_message.hpp"

#include <gtest/gtest.h>

#include "protocol/codec.hpp"

namespace foyer::live {
namespace {

constexpr Channel thread{ChannelKind::thread, 42};

TEST(BusMessage, TopicsNameChannels) {
  EXPECT_EQ(topic_of(thread), "foyer:thread:42");
  EXPECT_EQ(channel_of_topic("foyer:thread:42"), thread);
  EXPECT_EQ(channel_of_topic("foyer:front"), (Channel{ChannelKind::front, 0}));
  for (const char* strange : {"", "thread:42", "foyer:", "foyer:thread:0", "foyer:thread:042", "other:thread:42"}) {
    EXPECT_EQ(channel_of_topic(strange), std::nullopt) << strange;
  }
}

TEST(BusMessage, EventsTravelWithTheirSeqAndKeepTheirBytes) {
  std::string text;
  append_event_line(text, {thread, Seq{24}, R"({"a":"b c"})"});
  append_event_line(text, {thread, Seq{25}, "{}"});
  const BusMessage message = parse_bus_message(text);
  ASSERT_EQ(message.lines.size(), 2U);
  EXPECT_EQ(message.malformed, 0U);
  const auto& first = std::get<EventLine>(message.lines[0]);
  EXPECT_EQ(first.seq, Seq{24});
  EXPECT_EQ(first.json, R"({"a":"b c"})");
  EXPECT_EQ(std::get<EventLine>(message.lines[1]).seq, Seq{25});
}

TEST(BusMessage, DoorbellPresenceAndTypingAreRead) {
  const std::string text = doorbell_text() + presence_text("node-1", 12) + typing_text("node-1", "Jean Seberg");
  const BusMessage message = parse_bus_message(text);
  ASSERT_EQ(message.lines.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<DoorbellLine>(message.lines[0]));
  EXPECT_EQ(std::get<PresenceLine>(message.lines[1]).node, "node-1");
  EXPECT_EQ(std::get<PresenceLine>(message.lines[1]).viewers, 12);
  EXPECT_EQ(std::get<TypingLine>(message.lines[2]).name, "Jean Seberg");
}

TEST(BusMessage, MalformedLinesAreCountedAndTheOthersKept) {
  const std::string text =
      "x\n\n24\n24 \n0 {}\n-1 {}\n24 {\n24 }{\n99999999999999999999 {}\n24 []\nP a\nP a -1\nP  1\n"
      "P a 9999999999\nT a\nT  b\n**\n1 {}\n2 {}";
  const BusMessage message = parse_bus_message(text);
  ASSERT_EQ(message.lines.size(), 1U);
  EXPECT_EQ(std::get<EventLine>(message.lines[0]).seq, Seq{1});
  EXPECT_EQ(message.malformed, 18U);
}

TEST(BusMessage, TheSubjectOfAnEventIsItsPostOrThread) {
  EXPECT_EQ(event_subject(R"({"type":"event","channel":"thread:1","seq":2,"event":"post.created","at":"x",)"
                          R"("data":{"post":{"id":12,"thread_id":1,"body":"\",\"data\":{\"post\":{\"id\":9,"}}})"),
            R"("post":{"id":12)");
  EXPECT_EQ(event_subject(R"({"type":"event","data":{"thread":{"id":3,"slug":"x"}}})"), R"("thread":{"id":3)");
  EXPECT_EQ(event_subject("{}"), "");
  EXPECT_EQ(event_subject(R"({"a":1,"data":{"notification":1,"x":2}})"), "");
}

TEST(BusMessage, TheSubjectIsFoundInWhatTheCodecWrites) {
  Event event{thread, Seq{5}, EventKind::post_created, Timestamp{}, PostView{}};
  std::get<PostView>(event.data).id = PostId{77};
  EXPECT_EQ(event_subject(codec::encode(event)), R"("post":{"id":77)");
  EXPECT_EQ(removed_post(codec::encode(event)), std::nullopt);
  event.kind = EventKind::post_removed;
  EXPECT_EQ(removed_post(codec::encode(event)), PostId{77});
  event.seq = Seq{9'223'372'036'854'775'807};
  event.channel.id = event.seq.value;
  EXPECT_EQ(removed_post(codec::encode(event)), PostId{77});
  ThreadView view;
  view.id = ThreadId{42};
  event.kind = EventKind::thread_updated;
  event.data = view;
  EXPECT_EQ(event_subject(codec::encode(event)), R"("thread":{"id":42)");
}

TEST(BusMessage, NoTextOfAMemberPosesAsARemoval) {
  Event event{thread, Seq{5}, EventKind::post_created, Timestamp{}, PostView{}};
  auto& post = std::get<PostView>(event.data);
  post.id = PostId{77};
  post.body = R"(,"event":"post.removed",)";
  post.author.name = *post.body;
  EXPECT_EQ(removed_post(codec::encode(event)), std::nullopt);
  EXPECT_EQ(removed_post(*post.body), std::nullopt);
}

}  // namespace
}  // namespace foyer::live
