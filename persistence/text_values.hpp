// Values in PostgreSQL's text form, both ways: arrays, bytes and times as they travel in parameters and rows.
// Pure functions. libpqxx 6.4 and 7 agree on nothing but text here.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/timestamp.hpp"

namespace foyer::persistence {

// Composes an array literal, {1,NULL,"a \"b\""}, to be cast in the statement: $1::text[].
class ArrayText {
 public:
  void add(std::string_view text);
  void add(std::int64_t number);
  void add_null();

  template <class Tag>
  void add(Id<Tag> id) {
    add(id.value);
  }
  template <class Value>
  void add(const std::optional<Value>& value) {
    if (value) {
      add(*value);
    } else {
      add_null();
    }
  }

  std::string take();

 private:
  void separate();

  std::string text_ = "{";
};

template <class Value>
std::string array_text(const std::vector<Value>& values) {
  ArrayText array;
  for (const Value& value : values) {
    array.add(value);
  }
  return array.take();
}

// Reads a one-dimensional array; NULL elements become "".
std::vector<std::string> read_text_array(std::string_view text);
std::vector<std::int64_t> read_number_array(std::string_view text);

// Raw bytes as \x0a1b… and back.
std::string bytes_text(std::string_view raw);
std::string read_bytes(std::string_view text);
// The literal of a bytea[].
std::string bytes_array(const std::vector<std::string>& raw);

std::int64_t read_number(std::string_view text);

// "2026-11-23 15:52:07.123+00": a connection of ours speaks ISO dates in UTC.
Timestamp read_timestamp(std::string_view text);

}  // namespace foyer::persistence
