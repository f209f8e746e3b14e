// What no decoder may take: text that is not one strict JSON document, and fields that are not what they should be.
// Each line of a table is one input with the refusal it must meet.
#include <gtest/gtest.h>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace foyer {
namespace {

using namespace std::string_literals;

std::string nested(std::size_t levels) {
  std::string text = "{\"body\":";
  text.append(levels, '[');
  text.append(levels, ']');
  return text + "}";
}

struct Unreadable {
  std::string name;
  std::string json;
  std::string detail;  // what the refusal must say
};

void PrintTo(const Unreadable& input, std::ostream* out) { *out << input.name; }

class UnreadableDocument : public ::testing::TestWithParam<Unreadable> {};

TEST_P(UnreadableDocument, is_a_bad_request_that_says_where) {
  const auto decoded = codec::decode_post(GetParam().json);
  ASSERT_FALSE(decoded.has_value());
  EXPECT_EQ(decoded.error().code, ErrorCode::bad_request);
  EXPECT_NE(decoded.error().detail.find(GetParam().detail), std::string::npos) << decoded.error().detail;
}

const std::vector<Unreadable> unreadable_documents{
    {"nothing", "", "ends too early (at byte 0)"},
    {"white_space", " \n", "ends too early (at byte 2)"},
    {"cut_object", R"({"body":"a")", "ends too early (at byte 11, in \"body\")"},
    {"cut_text", R"({"body":"a)", "ends too early (at byte 10, in \"body\")"},
    {"plain_text", "body", "not a JSON document in UTF-8 (at byte 0)"},
    {"single_quotes", "{'body':'a'}", "(at byte 1)"},
    {"comma_at_the_end", R"({"body":"a",})", "(at byte 12"},
    {"comment", R"({"body":"a"/**/})", "(at byte 11"},
    {"byte_order_mark", "\xef\xbb\xbf{\"body\":\"a\"}", "(at byte 0)"},
    {"second_document", R"({"body":"a"} {})", "something follows the JSON document (at byte 13)"},
    {"letter_behind", R"({"body":"a"}x)", "something follows the JSON document (at byte 12)"},
    {"nul_behind", "{\"body\":\"a\"}\0"s, "something follows the JSON document (at byte 12)"},
    {"not_a_number", R"({"body":"a","reply_to":NaN})", "in \"reply_to\""},
    {"word_within", R"({"body":{"inner":tru}})", "in \"body\""},
    {"leading_zero", R"({"body":"a","reply_to":01})", "in \"reply_to\""},
    {"hexadecimal", R"({"body":"a","reply_to":0x1})", "in \"reply_to\""},
    {"raw_nul", "{\"body\":\"a\0b\"}"s, "(at byte 10, in \"body\")"},
    {"raw_new_line", "{\"body\":\"a\nb\"}", "(at byte 10, in \"body\")"},
    {"unknown_escape", R"({"body":"\x"})", "in \"body\""},
    {"lone_high_surrogate", R"({"body":"\ud83c"})", "in \"body\""},
    {"lone_low_surrogate", R"({"body":"\udfac"})", "half of a surrogate pair"},
    {"high_surrogate_twice", R"({"body":"\ud83c\ud83c"})", "half of a surrogate pair"},
    {"lone_surrogate_in_a_name", R"({"\udfac":1})", "half of a surrogate pair"},
    {"utf8_cut_short", "{\"body\":\"\xc3\"}", "in \"body\""},
    {"utf8_stray_byte", "{\"body\":\"\x80\"}", "in \"body\""},
    {"utf8_too_long_form", "{\"body\":\"\xc0\xaf\"}", "in \"body\""},
    {"utf8_surrogate", "{\"body\":\"\xed\xa0\xbc\"}", "in \"body\""},
    {"utf8_beyond_unicode", "{\"body\":\"\xf4\x90\x80\x80\"}", "in \"body\""},
    {"utf8_wrong_in_a_name", "{\"\xff\":1}", "not a JSON document in UTF-8"},
    {"field_twice", R"({"body":"a","body":"b"})", "given twice"},
    {"field_twice_by_escape", R"({"body":"a","\u0062ody":"b"})", "given twice"},
    {"field_twice_within", R"({"body":{"a":1,"a":1}})", "given twice"},
    {"too_deep", nested(limits::json_depth), "nested too deeply"},
    {"endlessly_deep", nested(30'000), "nested too deeply"},
    {"never_closed", std::string(60'000, '['), "nested too deeply"},
};

std::string name_of_unreadable(const ::testing::TestParamInfo<Unreadable>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(table, UnreadableDocument, ::testing::ValuesIn(unreadable_documents), name_of_unreadable);

TEST(Documents, as_deep_as_allowed_are_read_and_refused_for_their_type_only) {
  const auto decoded = codec::decode_post(nested(limits::json_depth - 1));
  ASSERT_FALSE(decoded.has_value());
  EXPECT_EQ(decoded.error().code, ErrorCode::invalid);
}

TEST(Documents, may_escape_astral_characters_as_pairs) {
  const auto decoded = codec::decode_post(R"({"body":"\ud83c\udfac \u00e9"})");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->body, "🎬 é");
}

TEST(Documents, of_the_largest_size_are_read_whole) {
  const std::string body(limits::http_body_bytes - 11, 'x');
  const auto decoded = codec::decode_post("{\"body\":\"" + body + "\"}");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->body, body);
}

}  // namespace
}  // namespace foyer
