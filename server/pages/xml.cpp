#include "server/pages/xml.hpp"

#include <string_view>

namespace foyer::pages {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// U+FFFE and U+FFFF, the only ones of three bytes that begin so and end so.
bool is_no_character(std::string_view at) { return at.starts_with("\xEF\xBF\xBE") || at.starts_with("\xEF\xBF\xBF"); }

std::string_view escape_of(char character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\t':
    case '\n':
      return {};
    case '\r':
      return "&#13;";  // read as a line feed else
    default:
      return static_cast<unsigned char>(character) < 0x20 ? replacement : std::string_view();
  }
}

}  // namespace

Xml::Xml() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

Xml& Xml::element(Literal name, const std::string& text) {
  return *this << "<" << name << ">" << text << "</" << name << ">\n";
}

Xml& Xml::attribute(Literal name, const std::string& value) { return *this << " " << name << "=\"" << value << "\""; }

void Xml::append_escaped(const std::string& text) {
  const std::string_view whole = text;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    if (is_no_character(whole.substr(at, 3))) {
      out_ += replacement;
      at += 2;
      continue;
    }
    const std::string_view escape = escape_of(whole[at]);
    if (escape.empty()) {
      out_ += whole[at];
    } else {
      out_ += escape;
    }
  }
}

}  // namespace foyer::pages
