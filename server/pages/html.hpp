// The typed writer of all HTML. What goes in decides how: a literal of the source passes as markup, a std::string is
// text from outside and is escaped (fit for elements and double-quoted attributes alike), a post's rendered body
// passes only under the name TrustedHtml. Anything else, const char* and string_view included, does not compile.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace foyer::pages {

// Markup written in the source: its constructor runs at compile time only, so no text from outside can become one.
class Literal {
 public:
  template <std::size_t size>
  consteval Literal(const char (&text)[size])
      : text_(text, size - 1) {}  // NOLINT: implicit, so that literals read well
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// HTML made by the Markdown renderer: the only markup that is not written in this folder. Refers to the string.
class TrustedHtml {
 public:
  explicit TrustedHtml(const std::string& rendered) : rendered_(rendered) {}
  explicit TrustedHtml(std::string&&) = delete;
  const std::string& rendered() const { return rendered_; }

 private:
  const std::string& rendered_;
};

// A JSON document to stand in a script element, as data: what means something in HTML is written as an escape of JSON.
class EmbeddedJson {
 public:
  explicit EmbeddedJson(const std::string& json);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// An address for href, action and formaction: local paths, queries, fragments, http and https pass, everything else
// (javascript:, data:, protocol-relative) becomes "#".
class Address {
 public:
  explicit Address(std::string address);
  const std::string& value() const { return value_; }

 private:
  std::string value_;
};

template <class Number>
concept WholeNumber = std::integral<Number> && !std::same_as<Number, bool> && !std::same_as<Number, char>;

class Html {
 public:
  Html() { out_.reserve(expected_bytes); }

  Html& operator<<(Literal markup) {
    out_ += markup.text();
    return *this;
  }
  template <std::same_as<std::string> Text>
  Html& operator<<(const Text& text) {
    append_escaped(text);
    return *this;
  }
  Html& operator<<(const TrustedHtml& html) {
    out_ += html.rendered();
    return *this;
  }
  Html& operator<<(const EmbeddedJson& json) {
    out_ += json.text();
    return *this;
  }
  Html& operator<<(const Address& address) {
    append_escaped(address.value());
    return *this;
  }
  template <WholeNumber Number>
  Html& operator<<(Number number) {
    append_number(static_cast<std::int64_t>(number));
    return *this;
  }
  // Text of unknown origin: say what it is. Templates of exactly these types, as a literal would convert to them too.
  template <class Text>
    requires std::is_pointer_v<Text> || std::same_as<Text, std::string_view> || std::same_as<Text, bool> ||
                 std::same_as<Text, char>
  Html& operator<<(const Text& text) = delete;

  // ` name="value"`; the name is a literal of the source.
  Html& attribute(Literal name, const std::string& value);
  Html& attribute(Literal name, std::int64_t value);
  Html& attribute(Literal name, const Address& value);
  // ` name` when on.
  Html& flag(Literal name, bool on);

  std::string take() && { return std::move(out_); }

 private:
  void append_escaped(const std::string& text);
  void append_number(std::int64_t number);

  static constexpr std::size_t expected_bytes = 16'384;  // of most pages

  std::string out_;
};

}  // namespace foyer::pages
