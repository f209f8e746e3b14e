#include "persistence/text_values.hpp"

#include <gtest/gtest.h>

namespace foyer::persistence {
namespace {

TEST(TextValues, AnArrayOfHardTextsSurvivesTheRoundTrip) {
  const std::vector<std::string> texts{
      "", "plain", "NULL", "a \"quoted\" word", R"(back\slash)", "{brace, comma}", "new\nline", "Летят журавли"};
  EXPECT_EQ(read_text_array(array_text(texts)), texts);
}

TEST(TextValues, AnAbsentElementIsNull) {
  ArrayText array;
  array.add(std::optional<std::string>{});
  array.add(std::optional<std::int64_t>{4});
  EXPECT_EQ(array.take(), "{NULL,4}");
}

TEST(TextValues, AnEmptyArrayHasNoElements) { EXPECT_TRUE(read_text_array("{}").empty()); }

TEST(TextValues, BytesSurviveTheRoundTrip) {
  const std::string raw{"\0\x01\xff\\x", 5};
  EXPECT_EQ(read_bytes(bytes_text(raw)), raw);
}

TEST(TextValues, ATimeIsReadWithAnyNumberOfFractionDigits) {
  EXPECT_EQ(to_rfc3339(read_timestamp("2026-11-23 15:52:07.123+00")), "2026-11-23T15:52:07.123Z");
  EXPECT_EQ(to_rfc3339(read_timestamp("2026-11-23 15:52:07.5+00")), "2026-11-23T15:52:07.500Z");
  EXPECT_EQ(to_rfc3339(read_timestamp("2026-11-23 15:52:07+00")), "2026-11-23T15:52:07.000Z");
}

TEST(TextValues, WhatIsNoTimeIsRefused) { EXPECT_THROW(read_timestamp("2026-11-23 15:52:07+02"), std::logic_error); }

}  // namespace
}  // namespace foyer::persistence
