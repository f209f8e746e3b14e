// A client's frame → codec. What is accepted says the same after it was written and read once more; the bodies of
// requests go through the same reader and never throw.
#include <boost/json/serialize.hpp>

#include "protocol/codec.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer {
namespace {

using boost::json::object;

object written(const SubscribeFrame& frame) {
  object json{{"type", "subscribe"}, {"id", frame.id}, {"channel", to_string(frame.channel)}};
  if (frame.since) json["since"] = frame.since->value;
  return json;
}
object written(const UnsubscribeFrame& frame) {
  return {{"type", "unsubscribe"}, {"id", frame.id}, {"channel", to_string(frame.channel)}};
}
object written(const PostFrame& frame) {
  object json{{"type", "post"}, {"id", frame.id}, {"thread_id", frame.thread_id.value}, {"body", frame.post.body}};
  if (!frame.key.empty()) json["key"] = frame.key;
  if (frame.post.reply_to) json["reply_to"] = frame.post.reply_to->value;
  if (frame.post.film_position_seconds) json["film_position_seconds"] = *frame.post.film_position_seconds;
  return json;
}
object written(const TypingFrame& frame) { return {{"type", "typing"}, {"channel", to_string(frame.channel)}}; }
object written(const AppliedFrame& frame) {
  return {{"type", "applied"}, {"channel", to_string(frame.channel)}, {"seq", frame.seq.value}};
}

FOYER_FUZZ_TARGET(client_frame) {
  const auto decoded = codec::decode_client_frame(bytes);
  if (const auto* frame = std::get_if<ClientFrame>(&decoded)) {
    const auto json = std::visit([](const auto& known) { return boost::json::serialize(written(known)); }, *frame);
    const auto again = codec::decode_client_frame(json);
    const auto* same = std::get_if<ClientFrame>(&again);
    fuzz::require(same != nullptr && *same == *frame, "a frame survives the round trip: " + json);
  } else {
    const Error& error = std::get<codec::FrameError>(decoded).error;
    fuzz::require(!error.detail.empty(), "a refusal says why");
    fuzz::require(!codec::encode_problem(error).empty(), "a refusal can be written");
  }
  (void)codec::decode_register(bytes);
  (void)codec::decode_login(bytes);
  (void)codec::decode_start_thread(bytes);
  (void)codec::decode_post(bytes);
  (void)codec::decode_change_thread(bytes);
  (void)codec::decode_remove_post(bytes);
  (void)codec::decode_create_token(bytes);
  if (const auto event = codec::decode_event(bytes)) {
    const auto again = codec::decode_event(codec::encode(*event));
    fuzz::require(again && codec::encode(*again) == codec::encode(*event), "an event survives the round trip");
  }
}

}  // namespace
}  // namespace foyer
