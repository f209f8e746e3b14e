// The typed writer of XML, for feeds and site maps: a literal of the source passes as markup, a std::string is text
// from outside and is escaped, fit for elements and double-quoted attributes alike. What XML 1.0 forbids even as a
// reference (control characters, U+FFFE, U+FFFF) becomes U+FFFD. Text is UTF-8, as the database holds no other.
#pragma once

#include <concepts>
#include <string>

#include "server/pages/html.hpp"

namespace foyer::pages {

class Xml {
 public:
  // Begins with the declaration.
  Xml();

  Xml& operator<<(Literal markup) {
    out_ += markup.text();
    return *this;
  }
  template <std::same_as<std::string> Text>
  Xml& operator<<(const Text& text) {
    append_escaped(text);
    return *this;
  }
  // Text of unknown origin: say what it is.
  template <class Text>
    requires std::is_pointer_v<Text> || std::same_as<Text, std::string_view> || std::same_as<Text, bool> ||
                 std::same_as<Text, char>
  Xml& operator<<(const Text& text) = delete;

  // `<name>text</name>` on a line of its own.
  Xml& element(Literal name, const std::string& text);
  // ` name="value"`
  Xml& attribute(Literal name, const std::string& value);

  std::string take() && { return std::move(out_); }

 private:
  void append_escaped(const std::string& text);

  std::string out_;
};

}  // namespace foyer::pages
