#include "server/pages/html.hpp"

#include <array>
#include <utility>

namespace foyer::pages {

namespace {

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
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool is_harmless(std::string_view address) {
  if (address.starts_with("https://") || address.starts_with("http://")) return true;
  if (address.starts_with("?") || address.starts_with("#")) return true;
  // "//host" and "/\host" name another host to a browser.
  return address.starts_with("/") && !address.starts_with("//") && !address.starts_with("/\\");
}

}  // namespace

EmbeddedJson::EmbeddedJson(const std::string& json) {
  text_.reserve(json.size());
  for (const char character : json) {
    switch (character) {
      case '<':
        text_ += "\\u003c";
        break;
      case '>':
        text_ += "\\u003e";
        break;
      case '&':
        text_ += "\\u0026";
        break;
      case '\'':
        text_ += "\\u0027";
        break;
      default:
        text_ += character;
    }
  }
}

Address::Address(std::string address) : value_(is_harmless(address) ? std::move(address) : std::string("#")) {}

Html& Html::attribute(Literal name, const std::string& value) {
  out_ += ' ';
  out_ += name.text();
  out_ += "=\"";
  append_escaped(value);
  out_ += '"';
  return *this;
}

Html& Html::attribute(Literal name, std::int64_t value) {
  out_ += ' ';
  out_ += name.text();
  out_ += "=\"";
  append_number(value);
  out_ += '"';
  return *this;
}

Html& Html::attribute(Literal name, const Address& value) { return attribute(name, value.value()); }

Html& Html::flag(Literal name, bool on) {
  if (on) {
    out_ += ' ';
    out_ += name.text();
  }
  return *this;
}

// Copies the runs between special characters whole: most text has none.
void Html::append_escaped(const std::string& text) {
  std::size_t copied = 0;
  for (std::size_t at = text.find_first_of("&<>\"'"); at != std::string::npos;
       at = text.find_first_of("&<>\"'", at + 1)) {
    out_.append(text, copied, at - copied);
    out_ += escape_of(text[at]);
    copied = at + 1;
  }
  out_.append(text, copied);
}

void Html::append_number(std::int64_t number) {
  std::array<char, 20> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out_.append(digits.data(), end);
}

}  // namespace foyer::pages
