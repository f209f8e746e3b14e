// The golden messages of protocol/fixtures: one file each, {"name","kind","value"}, indented for people. A test
// sees the value as the one line it is on the wire, taken from the file byte by byte, not through any JSON library.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "protocol/result.hpp"
#include "tests/support/checkout.hpp"

namespace foyer::testing {

inline std::filesystem::path fixtures_folder() { return checkout_folder() / "protocol/fixtures"; }

inline std::string file_text(const std::filesystem::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The text without the white space between its tokens.
inline std::string compact_json(std::string_view pretty) {
  std::string out;
  bool in_text = false;
  for (std::size_t at = 0; at < pretty.size(); ++at) {
    const char character = pretty[at];
    if (in_text && character == '\\') {
      out += character;
      out += pretty.at(++at);
      continue;
    }
    in_text = in_text != (character == '"');
    if (in_text || (character != ' ' && character != '\n')) {
      out += character;
    }
  }
  return out;
}

struct Fixture {
  std::string kind;
  std::string value;  // as on the wire
};

// Empty when the file does not have the form {"name":NAME,"kind":…,"value":…}.
inline std::optional<Fixture> read_fixture(const std::string& name) {
  const std::string text = compact_json(file_text(fixtures_folder() / (name + ".json")));
  const std::string start = R"({"name":")" + name + R"(","kind":")";
  const std::string middle = R"(","value":)";
  const std::size_t kind_end = text.find(middle);
  if (!text.starts_with(start) || kind_end == std::string::npos || !text.ends_with("}")) {
    return std::nullopt;
  }
  const std::size_t value_start = kind_end + middle.size();
  return Fixture{text.substr(start.size(), kind_end - start.size()),
                 text.substr(value_start, text.size() - value_start - 1)};
}

inline std::set<std::string> fixture_names() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(fixtures_folder())) {
    names.insert(entry.path().stem().string());
  }
  return names;
}

// What a fixture's value must stand up to.
struct FixtureCase {
  std::string kind;
  std::function<void(const std::string& value)> check;
};
using FixtureCases = std::map<std::string, FixtureCase>;

FixtureCases request_fixtures();
FixtureCases view_fixtures();
FixtureCases live_fixtures();

// Decoding the fixture gives `expected`.
template <class Value, class Decode>
FixtureCase decodes_to(std::string kind, Value expected, Decode decode) {
  return {std::move(kind), [expected = std::move(expected), decode](const std::string& value) {
            const Result<Value> decoded = decode(value);
            ASSERT_TRUE(decoded.has_value()) << decoded.error().detail;
            EXPECT_TRUE(*decoded == expected);
          }};
}

// Encoding `source` gives the fixture, byte for byte.
template <class Encode>
FixtureCase encoded_by(std::string kind, Encode encode) {
  return {std::move(kind),
          [encode = std::move(encode)](const std::string& value) { EXPECT_EQ(std::string(encode()), value); }};
}

// Both ways.
template <class Value, class Encode, class Decode>
FixtureCase round_trips(std::string kind, Value expected, Encode encode, Decode decode) {
  return {std::move(kind), [expected = std::move(expected), encode, decode](const std::string& value) {
            EXPECT_EQ(encode(expected), value);
            const Result<Value> decoded = decode(value);
            ASSERT_TRUE(decoded.has_value()) << decoded.error().detail;
            EXPECT_TRUE(*decoded == expected);
            EXPECT_EQ(encode(*decoded), value);
          }};
}

}  // namespace foyer::testing
