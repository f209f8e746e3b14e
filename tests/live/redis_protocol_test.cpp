// Commands as Redis expects them, and replies read from bytes that may come in any pieces or be hostile.
#include "server/live/redis_protocol.hpp"

#include <random>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

using Type = RedisReply::Type;

std::vector<RedisReply> read_all(RedisReader& reader) {
  std::vector<RedisReply> replies;
  while (auto reply = reader.next()) {
    replies.push_back(std::move(*reply));
  }
  return replies;
}

TEST(RedisProtocol, CommandsAreArraysOfBulkStringsThatHoldAnyBytes) {
  std::string output;
  append_redis_command(output, {"PUBLISH", "foyer:thread:1", std::string_view("a\r\n\0b", 5)});
  EXPECT_EQ(output, std::string("*3\r\n$7\r\nPUBLISH\r\n$14\r\nfoyer:thread:1\r\n$5\r\na\r\n\0b\r\n", 49));
}

TEST(RedisProtocol, ManyTopicsMakeOneCommand) {
  std::string output;
  append_redis_command(output, "SUBSCRIBE", {"a", "bc"});
  EXPECT_EQ(output, "*3\r\n$9\r\nSUBSCRIBE\r\n$1\r\na\r\n$2\r\nbc\r\n");
}

TEST(RedisProtocol, ReadsAMessageCutAtEveryByte) {
  const std::string bytes = "*3\r\n$7\r\nmessage\r\n$5\r\ntopic\r\n$6\r\na\r\nb\n{\r\n+PONG\r\n";
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    RedisReader reader;
    std::vector<RedisReply> replies;
    ASSERT_TRUE(reader.feed(std::string_view(bytes).substr(0, cut)));
    for (auto& reply : read_all(reader)) {
      replies.push_back(std::move(reply));
    }
    ASSERT_TRUE(reader.feed(std::string_view(bytes).substr(cut)));
    for (auto& reply : read_all(reader)) {
      replies.push_back(std::move(reply));
    }
    ASSERT_EQ(replies.size(), 2U);
    ASSERT_EQ(replies[0].type, Type::array);
    ASSERT_EQ(replies[0].elements.size(), 3U);
    EXPECT_EQ(replies[0].elements[2].text, "a\r\nb\n{");
    EXPECT_EQ(replies[1].type, Type::status);
    EXPECT_EQ(replies[1].text, "PONG");
  }
}

TEST(RedisProtocol, ReadsIntegersErrorsAndNil) {
  RedisReader reader;
  ASSERT_TRUE(reader.feed(":42\r\n-ERR no\r\n$-1\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n*0\r\n"));
  const auto replies = read_all(reader);
  ASSERT_EQ(replies.size(), 5U);
  EXPECT_EQ(replies[0].integer, 42);
  EXPECT_EQ(replies[1].type, Type::error);
  EXPECT_EQ(replies[2].type, Type::nil);
  EXPECT_EQ(replies[3].elements[2].integer, 1);
  EXPECT_EQ(replies[4].elements.size(), 0U);
}

TEST(RedisProtocol, HostileBytesBreakTheReaderAndNothingElse) {
  for (const char* bytes : {"HTTP/1.1 400 Bad Request\r\n\r\n", "%2\r\n", "*2147483647\r\n", "*4294967297\r\n",
                            "*5\r\n", "*-5\r\n", "$-9\r\n", "$99999999999999999999\r\n", ":abc\r\n",
                            "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n"}) {
    RedisReader reader;
    (void)reader.feed(bytes);
    while (reader.next()) {
    }
    if (reader.broken()) {
      EXPECT_FALSE(reader.feed("+PONG\r\n")) << bytes;
      EXPECT_FALSE(reader.next()) << bytes;
    }
  }
}

TEST(RedisProtocol, RandomBytesNeverCrashTheReader) {
  std::mt19937_64 random(4711);
  constexpr std::string_view alphabet = "*$:+-\r\n0123456789a\0";
  for (int round = 0; round < 20'000; ++round) {
    RedisReader reader;
    std::string bytes;
    for (auto length = random() % 60; length > 0; --length) {
      bytes.push_back(alphabet[random() % alphabet.size()]);
    }
    if (reader.feed(bytes)) {
      while (reader.next()) {
      }
    }
  }
}

TEST(RedisProtocol, AReplyThatNeverEndsIsGivenUp) {
  RedisReader reader;
  ASSERT_TRUE(reader.feed("$536870912\r\n"));
  const std::string block(1024UL * 1024, 'x');
  std::size_t fed = 0;
  while (fed <= limits::redis_message_bytes && reader.feed(block)) {
    EXPECT_FALSE(reader.next());
    fed += block.size();
  }
  EXPECT_TRUE(reader.broken());
  EXPECT_LE(fed, limits::redis_message_bytes);
}

}  // namespace
}  // namespace foyer::live
