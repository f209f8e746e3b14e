#include <array>
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/json_fields.hpp"
#include "protocol/limits.hpp"
#include "protocol/view_json.hpp"

namespace foyer::codec {
namespace {

Channel read_channel(Fields& fields) {
  return fields.word("channel", channel_from_string, "must name a channel, like thread:42, film:3 or front");
}

ClientFrame read_subscribe(Fields& fields) {
  return SubscribeFrame{.id = fields.integer("id", frame_ids),
                        .channel = read_channel(fields),
                        .since = fields.optional_id<Seq>("since", not_negative)};
}

ClientFrame read_unsubscribe(Fields& fields) {
  return UnsubscribeFrame{.id = fields.integer("id", frame_ids), .channel = read_channel(fields)};
}

ClientFrame read_post(Fields& fields) {
  PostFrame frame;
  frame.id = fields.integer("id", frame_ids);
  frame.thread_id = fields.id<ThreadId>("thread_id");
  frame.post.body = fields.text("body");
  frame.post.reply_to = fields.optional_id<PostNumber>("reply_to");
  frame.post.film_position_seconds = fields.optional_int("film_position_seconds");
  if (const auto key = fields.optional_text("key")) {
    if (!is_idempotency_key(*key)) {
      fields.note("key", "out_of_range", "must be 8 to 128 visible ASCII characters");
    }
    frame.key = *key;
  }
  return frame;
}

ClientFrame read_typing(Fields& fields) { return TypingFrame{.channel = read_channel(fields)}; }

ClientFrame read_applied(Fields& fields) {
  return AppliedFrame{.channel = read_channel(fields), .seq = fields.id<Seq>("seq")};
}

using ReadFrame = ClientFrame (*)(Fields&);

constexpr std::array<std::pair<std::string_view, ReadFrame>, 5> frame_readers{{{"subscribe", read_subscribe},
                                                                               {"unsubscribe", read_unsubscribe},
                                                                               {"post", read_post},
                                                                               {"typing", read_typing},
                                                                               {"applied", read_applied}}};

std::optional<ReadFrame> reader_for(std::string_view type) {
  for (const auto& [known, reader] : frame_readers) {
    if (known == type) {
      return reader;
    }
  }
  return std::nullopt;
}

// A frame of a type we do not know gets one error, not one for each of its fields.
ClientFrame read_frame(Fields& fields) {
  const ReadFrame reader = fields.word("type", reader_for, "must be subscribe, unsubscribe, post, typing or applied");
  if (!reader) {
    return {};
  }
  ClientFrame frame = reader(fields);
  fields.refuse_unknown();
  return frame;
}

std::optional<std::int64_t> readable_id(const boost::json::object& frame) {
  const auto* value = frame.if_contains("id");
  const auto* id = value ? value->if_int64() : nullptr;
  return id && *id >= frame_ids.least && *id <= frame_ids.most ? std::optional(*id) : std::nullopt;
}

void begin_frame(JsonWriter& writer, std::string_view type) {
  writer.begin_object();
  writer.field("type", type);
}

}  // namespace

bool is_idempotency_key(std::string_view key) {
  if (key.size() < limits::idempotency_key_min || key.size() > limits::idempotency_key_max) {
    return false;
  }
  for (const char character : key) {
    if (character < '!' || character > '~') {
      return false;
    }
  }
  return true;
}

std::variant<ClientFrame, FrameError> decode_client_frame(std::string_view json) {
  const Result<boost::json::value> document = parse_document(json);
  if (!document) {
    return FrameError{document.error(), std::nullopt};
  }
  std::optional<std::int64_t> frame_id;
  if (const auto* object = document->if_object()) {
    frame_id = readable_id(*object);
  }
  Result<ClientFrame> frame = read_object<ClientFrame>(*document, read_frame);
  if (!frame) {
    return FrameError{std::move(frame).error(), frame_id};
  }
  return *std::move(frame);
}

std::string encode(const WelcomeFrame& frame) {
  JsonWriter writer;
  begin_frame(writer, "welcome");
  writer.field("protocol", "foyer.v1");
  writer.field("node", frame.node);
  writer.field("user", frame.user);
  writer.field("heartbeat_seconds", frame.heartbeat_seconds);
  writer.end_object();
  return writer.take();
}

std::string encode(const SubscribedFrame& frame) {
  JsonWriter writer;
  begin_frame(writer, "subscribed");
  writer.field("id", frame.id);
  writer.field("channel", frame.channel);
  if (frame.seq) {
    writer.field("seq", *frame.seq);
  }
  writer.field("viewers", frame.viewers);
  if (frame.resync) {
    writer.field("resync", true);
  }
  writer.end_object();
  return writer.take();
}

std::string encode(const UnsubscribedFrame& frame) {
  JsonWriter writer;
  begin_frame(writer, "unsubscribed");
  if (frame.id) {
    writer.field("id", *frame.id);
  }
  writer.field("channel", frame.channel);
  if (!frame.reason.empty()) {
    writer.field("reason", frame.reason);
  }
  writer.end_object();
  return writer.take();
}

std::string encode(const PostedFrame& frame) {
  JsonWriter writer(expected_bytes(frame.posted.post));
  begin_frame(writer, "posted");
  writer.field("id", frame.id);
  writer.field("post", frame.posted.post);
  writer.field("seq", frame.posted.seq);
  writer.end_object();
  return writer.take();
}

std::string encode(const PresenceFrame& frame) {
  JsonWriter writer;
  begin_frame(writer, "presence");
  writer.field("channel", frame.channel);
  writer.field("viewers", frame.viewers);
  writer.field("typing", frame.typing);
  writer.end_object();
  return writer.take();
}

std::string encode(const GoodbyeFrame& frame) {
  JsonWriter writer;
  begin_frame(writer, "goodbye");
  writer.field("retry_ms", frame.retry_ms);
  writer.end_object();
  return writer.take();
}

std::string encode(const ErrorFrame& frame) {
  JsonWriter writer;
  begin_frame(writer, "error");
  writer.field("id", frame.id);
  writer.field("code", frame.code);
  writer.field("message", frame.message);
  writer.end_object();
  return writer.take();
}

std::string_view heartbeat() { return R"({"type":"heartbeat"})"; }

}  // namespace foyer::codec
