#include "server/runtime/json_escape.hpp"

#include <gtest/gtest.h>

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  foyer::runtime::append_json_escaped(out, text);
  return out;
}

TEST(JsonEscape, KeepsOrdinaryTextOfAnyScript) { EXPECT_EQ(escaped("Летят журавли 🕊"), "Летят журавли 🕊"); }

TEST(JsonEscape, EscapesQuotesBackslashesAndLineEndsSoThatALineStaysOneLine) {
  EXPECT_EQ(escaped("a\"b\\c\r\nd"), "a\\\"b\\\\c\\u000d\\u000ad");
}

TEST(JsonEscape, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(escaped("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(escaped("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");       // overlong
  EXPECT_EQ(escaped("\xED\xA0\x80").substr(0, 3), "\xEF\xBF\xBD");  // surrogate
  EXPECT_EQ(escaped("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");       // cut off
}

}  // namespace
