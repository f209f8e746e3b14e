// RESP2 as the Redis links speak it: commands are formatted here, replies are read by hiredis' reader, which is
// fed bytes and knows no socket. Hostile bytes break the reader, never the process.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace foyer::live {

// Appends one command as an array of bulk strings; the words may hold any bytes.
void append_redis_command(std::string& output, std::initializer_list<std::string_view> words);
// SUBSCRIBE or UNSUBSCRIBE with many topics at once.
void append_redis_command(std::string& output, std::string_view name, const std::vector<std::string>& words);

struct RedisReply {
  enum class Type { nil, text, status, error, integer, array };
  Type type = Type::nil;
  std::int64_t integer = 0;
  std::string text;
  std::vector<RedisReply> elements;
};

class RedisReader {
 public:
  RedisReader();
  ~RedisReader();
  RedisReader(const RedisReader&) = delete;
  RedisReader& operator=(const RedisReader&) = delete;

  // False when the bytes held would exceed limits::redis_message_bytes or an earlier byte broke the protocol.
  [[nodiscard]] bool feed(std::string_view bytes);
  // The next whole reply; empty when more bytes are needed or broken().
  std::optional<RedisReply> next();
  bool broken() const { return broken_; }

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };
  std::unique_ptr<redisReader, Free> reader_;
  bool broken_ = false;
};

}  // namespace foyer::live
