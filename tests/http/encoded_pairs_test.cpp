#include "server/http/encoded_pairs.hpp"

#include <gtest/gtest.h>

namespace foyer::http {
namespace {

TEST(Pairs, of_forms_and_queries_are_decoded_in_order) {
  const auto pairs = decode_pairs("title=The+Cranes%20Are+Flying&body=a%3Db%26c&empty=&flag&&body=second");
  ASSERT_TRUE(pairs);
  const Pairs expected{
      {"title", "The Cranes Are Flying"}, {"body", "a=b&c"}, {"empty", ""}, {"flag", ""}, {"body", "second"}};
  EXPECT_EQ(*pairs, expected);
  EXPECT_EQ(first_value(*pairs, "body"), "a=b&c");
  EXPECT_EQ(first_value(*pairs, "absent"), "");
}

TEST(Pairs, keep_letters_of_every_script) {
  const auto pairs = decode_pairs("q=%D0%9B%D0%B5%D1%82%D1%8F%D1%82+%F0%9F%8E%AC");
  ASSERT_TRUE(pairs);
  EXPECT_EQ(first_value(*pairs, "q"), "Летят 🎬");
}

TEST(Pairs, take_what_browsers_send_as_typed) {
  const auto pairs = decode_pairs("q=[rec]|{a}^`b`");
  ASSERT_TRUE(pairs);
  EXPECT_EQ(first_value(*pairs, "q"), "[rec]|{a}^`b`");
}

TEST(Pairs, with_broken_escapes_could_not_be_read) {
  for (const char* text : {"q=%", "q=%4", "q=%zz", "q=%4g", "%=1", "a=1&q=100%"}) {
    const auto pairs = decode_pairs(text);
    ASSERT_TRUE(pairs.has_error()) << text;
    EXPECT_EQ(pairs.error().code, ErrorCode::bad_request) << text;
  }
}

TEST(Pairs, with_text_that_is_none_name_the_field) {
  // Overlong, lone surrogate, beyond Unicode, cut off, stray continuation, NUL.
  for (const char* bytes : {"%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%E2%82", "%80", "%FF", "a%00b"}) {
    const auto pairs = decode_pairs(std::string("ok=1&body=") + bytes);
    ASSERT_TRUE(pairs.has_error()) << bytes;
    EXPECT_EQ(pairs.error().code, ErrorCode::invalid) << bytes;
    ASSERT_EQ(pairs.error().fields.size(), 1u) << bytes;
    EXPECT_EQ(pairs.error().fields.front().field, "body") << bytes;
  }
}

TEST(Segments, keep_a_plus_and_refuse_what_is_not_text) {
  EXPECT_EQ(decode_segment("J%C3%BCrgen+K"), "Jürgen+K");
  EXPECT_EQ(decode_segment("%00"), std::nullopt);
  EXPECT_EQ(decode_segment("%FF"), std::nullopt);
  EXPECT_EQ(decode_segment("%2"), std::nullopt);
}

TEST(Components, survive_the_round_trip_whatever_their_bytes) {
  std::string all;
  for (int byte = 1; byte < 128; ++byte) {
    all += static_cast<char>(byte);
  }
  all += "ü€🎬";
  const auto pairs = decode_pairs("x=" + encode_component(all));
  ASSERT_TRUE(pairs);
  EXPECT_EQ(first_value(*pairs, "x"), all);
  EXPECT_EQ(decode_segment(encode_component(all)), all);
}

}  // namespace
}  // namespace foyer::http
