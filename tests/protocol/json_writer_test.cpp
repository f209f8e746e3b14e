#include "protocol/json_writer.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace foyer {
namespace {

TEST(JsonWriter, puts_commas_between_and_nowhere_else) {
  JsonWriter writer;
  writer.begin_object();
  writer.field("a", 1);
  writer.name("b");
  writer.begin_array();
  writer.begin_array();
  writer.end_array();
  writer.begin_object();
  writer.end_object();
  writer.null();
  writer.value("[");
  writer.value(":");
  writer.value("{");
  writer.value(true);
  writer.end_array();
  writer.field("c", false);
  writer.end_object();
  EXPECT_EQ(writer.take(), R"({"a":1,"b":[[],{},null,"[",":","{",true],"c":false})");
}

TEST(JsonWriter, escapes_quotes_backslashes_and_every_control_character) {
  EXPECT_EQ(to_json(std::string("a\"b\\c/d")), R"("a\"b\\c/d")");
  EXPECT_EQ(to_json(std::string("\b\f\n\r\t")), R"("\b\f\n\r\t")");
  EXPECT_EQ(to_json(std::string("\0\x01\x1f", 3)), R"("\u0000\u0001\u001f")");
}

TEST(JsonWriter, leaves_every_other_character_as_it_is) {
  EXPECT_EQ(to_json(std::string("é 🎬 </script> \x7f")), "\"é 🎬 </script> \x7f\"");
}

TEST(JsonWriter, writes_an_escape_at_either_end_of_a_text) {
  EXPECT_EQ(to_json(std::string("\nmiddle\n")), R"("\nmiddle\n")");
  EXPECT_EQ(to_json(std::string("\n")), R"("\n")");
  EXPECT_EQ(to_json(std::string()), R"("")");
}

TEST(JsonWriter, writes_integers_to_both_ends_of_their_range) {
  EXPECT_EQ(to_json(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
  EXPECT_EQ(to_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
}

TEST(JsonWriter, writes_the_shortest_decimal_that_reads_back_the_same) {
  EXPECT_EQ(to_json(8.1), "8.1");
  EXPECT_EQ(to_json(8.0), "8");
  EXPECT_EQ(to_json(20.0 / 3), "6.666666666666667");
}

TEST(JsonWriter, writes_an_empty_optional_as_null) {
  EXPECT_EQ(to_json(std::optional<int>()), "null");
  EXPECT_EQ(to_json(std::optional<int>(0)), "0");
}

}  // namespace
}  // namespace foyer
