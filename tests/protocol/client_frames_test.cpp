// Client frames that are wrong: each is refused with its mistakes, and with its id when that could be read, so that
// the client knows which of its frames was meant.
#include <gtest/gtest.h>

#include "protocol/codec.hpp"
#include "tests/protocol/mistakes.hpp"

namespace foyer {
namespace {

struct WrongFrame {
  std::string json;
  ErrorCode code;
  std::vector<std::string> mistakes;  // "field code", in order
  std::optional<std::int64_t> id;
};

void PrintTo(const WrongFrame& frame, std::ostream* out) { *out << frame.json; }

class WrongFrames : public ::testing::TestWithParam<WrongFrame> {};

TEST_P(WrongFrames, are_refused_with_their_mistakes_and_their_id) {
  const auto decoded = codec::decode_client_frame(GetParam().json);
  const auto* refusal = std::get_if<codec::FrameError>(&decoded);
  ASSERT_TRUE(refusal) << "was taken";
  EXPECT_EQ(refusal->error.code, GetParam().code);
  EXPECT_FALSE(refusal->error.detail.empty());
  EXPECT_EQ(testing::mistakes_of(refusal->error), GetParam().mistakes);
  EXPECT_EQ(refusal->frame_id, GetParam().id);
}

const std::vector<WrongFrame> wrong_frames{
    {"", ErrorCode::bad_request, {}, {}},
    {R"({"type":"subscribe","id":1)", ErrorCode::bad_request, {}, {}},
    {R"({"type":"typing","type":"typing","channel":"thread:1"})", ErrorCode::bad_request, {}, {}},
    {"[]", ErrorCode::invalid, {"(document) wrong_type"}, {}},
    {"{}", ErrorCode::invalid, {"type required"}, {}},
    {R"({"type":7,"id":4})", ErrorCode::invalid, {"type wrong_type"}, 4},
    {R"({"type":"shout","id":4,"loud":true})", ErrorCode::invalid, {"type out_of_range"}, 4},
    {R"({"type":"event","id":4})", ErrorCode::invalid, {"type out_of_range"}, 4},
    {R"({"type":"subscribe","channel":"front"})", ErrorCode::invalid, {"id required"}, {}},
    {R"({"type":"subscribe","id":"1","channel":"front"})", ErrorCode::invalid, {"id wrong_type"}, {}},
    {R"({"type":"subscribe","id":-1,"channel":"front"})", ErrorCode::invalid, {"id out_of_range"}, {}},
    {R"({"type":"subscribe","id":9007199254740993,"channel":"front"})", ErrorCode::invalid, {"id out_of_range"}, {}},
    {R"({"type":"subscribe","id":1})", ErrorCode::invalid, {"channel required"}, 1},
    {R"({"type":"subscribe","id":1,"channel":"thread:0"})", ErrorCode::invalid, {"channel out_of_range"}, 1},
    {R"({"type":"subscribe","id":1,"channel":42})", ErrorCode::invalid, {"channel wrong_type"}, 1},
    {R"({"type":"subscribe","id":1,"channel":"thread:1","since":-1})", ErrorCode::invalid, {"since out_of_range"}, 1},
    {R"({"type":"unsubscribe","id":1,"channel":"front","since":1})", ErrorCode::invalid, {"since unknown"}, 1},
    {R"({"type":"post","id":3})", ErrorCode::invalid, {"thread_id required", "body required"}, 3},
    {R"({"type":"post","id":3,"thread_id":0,"body":"a"})", ErrorCode::invalid, {"thread_id out_of_range"}, 3},
    {R"({"type":"post","id":3,"thread_id":1,"body":"a","key":"short"})", ErrorCode::invalid, {"key out_of_range"}, 3},
    {R"({"type":"post","id":3,"thread_id":1,"body":"a","key":"with space"})",
     ErrorCode::invalid,
     {"key out_of_range"},
     3},
    {R"({"type":"post","id":3,"thread_id":1,"body":"a","html":"b"})", ErrorCode::invalid, {"html unknown"}, 3},
    {R"({"type":"typing"})", ErrorCode::invalid, {"channel required"}, {}},
    {R"({"type":"applied","channel":"thread:1","seq":0})", ErrorCode::invalid, {"seq out_of_range"}, {}},
};

INSTANTIATE_TEST_SUITE_P(table, WrongFrames, ::testing::ValuesIn(wrong_frames));

TEST(ClientFrames, may_subscribe_since_the_very_beginning) {
  const auto decoded = codec::decode_client_frame(R"({"type":"subscribe","id":0,"channel":"thread:1","since":0})");
  const auto* frame = std::get_if<ClientFrame>(&decoded);
  ASSERT_TRUE(frame);
  EXPECT_EQ(std::get<SubscribeFrame>(*frame).since, Seq{0});
}

TEST(IdempotencyKeys, are_8_to_128_visible_ascii_characters) {
  EXPECT_TRUE(codec::is_idempotency_key("!2345-~8"));
  EXPECT_TRUE(codec::is_idempotency_key(std::string(128, 'k')));
  EXPECT_FALSE(codec::is_idempotency_key("1234567"));
  EXPECT_FALSE(codec::is_idempotency_key(std::string(129, 'k')));
  EXPECT_FALSE(codec::is_idempotency_key("1234 678"));
  EXPECT_FALSE(
      codec::is_idempotency_key("1234\x7f"
                                "678"));
  EXPECT_FALSE(codec::is_idempotency_key("1234\t678"));
  EXPECT_FALSE(codec::is_idempotency_key("12345678é"));
  EXPECT_FALSE(codec::is_idempotency_key(""));
}

}  // namespace
}  // namespace foyer
