#include "protocol/channel.hpp"

#include <unordered_set>

#include <gtest/gtest.h>

namespace foyer {
namespace {

TEST(ChannelNames, are_written_and_read_back) {
  const std::vector<std::pair<Channel, std::string>> channels{
      {{ChannelKind::thread, 42}, "thread:42"},
      {{ChannelKind::member, 7}, "member:7"},
      {{ChannelKind::film, 3}, "film:3"},
      {{ChannelKind::front, 0}, "front"},
      {{ChannelKind::moderation, 0}, "moderation"},
      {{ChannelKind::thread, 9223372036854775807}, "thread:9223372036854775807"}};
  for (const auto& [channel, name] : channels) {
    EXPECT_EQ(to_string(channel), name);
    EXPECT_EQ(channel_from_string(name), channel) << name;
  }
}

TEST(ChannelNames, of_any_other_form_are_refused) {
  const std::vector<std::string> wrong{
      "",          "thread",    "thread:",   "thread:0",  "thread:-1",    "thread:01",
      "thread:+1", "thread: 1", "thread:1 ", "thread:1x", "thread:x",     "Thread:1",
      "threads:1", "front:1",   "front ",    "Front",     "moderation:1", "film:9223372036854775808",
      "post:1"};
  for (const std::string& name : wrong) {
    EXPECT_EQ(channel_from_string(name), std::nullopt) << name;
  }
  EXPECT_EQ(channel_from_string(std::string_view("front\0", 6)), std::nullopt);
}

TEST(Channels, of_threads_and_members_alone_are_durable) {
  EXPECT_TRUE((Channel{ChannelKind::thread, 1}.durable()));
  EXPECT_TRUE((Channel{ChannelKind::member, 1}.durable()));
  EXPECT_FALSE((Channel{ChannelKind::film, 1}.durable()));
  EXPECT_FALSE((Channel{ChannelKind::front, 0}.durable()));
  EXPECT_FALSE((Channel{ChannelKind::moderation, 0}.durable()));
}

TEST(Channels, of_the_same_number_but_another_kind_do_not_meet_in_a_map) {
  const std::unordered_set<Channel> channels{
      {ChannelKind::thread, 1}, {ChannelKind::member, 1}, {ChannelKind::film, 1}, {ChannelKind::thread, 1}};
  EXPECT_EQ(channels.size(), 3U);
}

}  // namespace
}  // namespace foyer
