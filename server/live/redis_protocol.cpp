#include "server/live/redis_protocol.hpp"

#include <array>
#include <new>

#include <hiredis/read.h>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

// Nothing we ask for is answered with more; a length sent by a hostile or broken server reserves no memory.
constexpr std::size_t elements_max = 4;

// hiredis builds a reply through these functions. The root is ours to free; the others live in their parent.
RedisReply* place_for(const redisReadTask* task) {
  if (task->parent == nullptr) {
    return new (std::nothrow) RedisReply;
  }
  auto& siblings = static_cast<RedisReply*>(task->parent->obj)->elements;
  return &siblings[static_cast<std::size_t>(task->idx)];
}

void* create_text(const redisReadTask* task, char* bytes, std::size_t size) {
  RedisReply* reply = place_for(task);
  if (reply != nullptr) {
    reply->text.assign(bytes, size);
    reply->type = task->type == REDIS_REPLY_ERROR    ? RedisReply::Type::error
                  : task->type == REDIS_REPLY_STATUS ? RedisReply::Type::status
                                                     : RedisReply::Type::text;
  }
  return reply;
}

// The count is an int in hiredis 0.14 and a size_t from 1.0 on.
template <class Count>
void* create_array(const redisReadTask* task, Count count) {
  if (static_cast<std::size_t>(count) > elements_max) {
    return nullptr;
  }
  RedisReply* reply = place_for(task);
  if (reply != nullptr) {
    reply->type = RedisReply::Type::array;
    reply->elements.resize(static_cast<std::size_t>(count));
  }
  return reply;
}

void* create_integer(const redisReadTask* task, long long value) {
  RedisReply* reply = place_for(task);
  if (reply != nullptr) {
    reply->type = RedisReply::Type::integer;
    reply->integer = value;
  }
  return reply;
}

void* create_nil(const redisReadTask* task) { return place_for(task); }

void free_reply(void* reply) { delete static_cast<RedisReply*>(reply); }

redisReplyObjectFunctions* reply_functions() {
  static redisReplyObjectFunctions functions = [] {
    redisReplyObjectFunctions made{};
    made.createString = create_text;
    made.createArray = create_array;
    made.createInteger = create_integer;
    made.createNil = create_nil;
    made.freeObject = free_reply;
    return made;
  }();
  return &functions;
}

void append_length(std::string& output, char mark, std::size_t length) {
  output.push_back(mark);
  output.append(std::to_string(length));
  output.append("\r\n");
}

void append_word(std::string& output, std::string_view word) {
  append_length(output, '$', word.size());
  output.append(word);
  output.append("\r\n");
}

}  // namespace

void append_redis_command(std::string& output, std::initializer_list<std::string_view> words) {
  append_length(output, '*', words.size());
  for (const std::string_view word : words) {
    append_word(output, word);
  }
}

void append_redis_command(std::string& output, std::string_view name, const std::vector<std::string>& words) {
  append_length(output, '*', words.size() + 1);
  append_word(output, name);
  for (const std::string& word : words) {
    append_word(output, word);
  }
}

void RedisReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

RedisReader::RedisReader() : reader_(redisReaderCreateWithFunctions(reply_functions())) {
  if (!reader_) {
    throw std::bad_alloc();
  }
}

RedisReader::~RedisReader() = default;

bool RedisReader::feed(std::string_view bytes) {
  if (!broken_ && reader_->len - reader_->pos + bytes.size() > limits::redis_message_bytes) {
    broken_ = true;
  }
  if (!broken_ && redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) {
    broken_ = true;
  }
  return !broken_;
}

std::optional<RedisReply> RedisReader::next() {
  void* taken = nullptr;
  if (broken_ || redisReaderGetReply(reader_.get(), &taken) != REDIS_OK) {
    broken_ = true;
    return std::nullopt;
  }
  if (taken == nullptr) {
    return std::nullopt;
  }
  const std::unique_ptr<RedisReply> reply(static_cast<RedisReply*>(taken));
  return std::move(*reply);
}

}  // namespace foyer::live
