#include "protocol/json_writer.hpp"

#include <array>
#include <charconv>

namespace foyer {
namespace {

// The letter of a short escape, 'u' for the long form, 0 when the byte stands for itself.
constexpr std::array<char, 256> escapes = [] {
  std::array<char, 256> table{};
  for (std::size_t control = 0; control < 0x20; ++control) {
    table[control] = 'u';
  }
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  return table;
}();

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_escape(std::string& out, unsigned char byte) {
  const char letter = escapes[byte];
  out += '\\';
  out += letter;
  if (letter == 'u') {
    out += "00";
    out += hex_digits[byte >> 4U];
    out += hex_digits[byte & 0xFU];
  }
}

}  // namespace

void JsonWriter::separate() {
  if (!out_.empty() && out_.back() != '{' && out_.back() != '[' && out_.back() != ':') {
    out_ += ',';
  }
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
}

void JsonWriter::name(std::string_view name) {
  separate();
  out_ += '"';
  out_ += name;
  out_ += "\":";
}

void JsonWriter::finished(std::string_view json) {
  separate();
  out_ += json;
}

void JsonWriter::value(std::string_view text) {
  separate();
  out_ += '"';
  std::size_t plain = 0;  // start of the run that stands for itself
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (escapes[byte] != 0) {
      out_.append(text, plain, at - plain);
      append_escape(out_, byte);
      plain = at + 1;
    }
  }
  out_.append(text, plain);
  out_ += '"';
}

void JsonWriter::value(double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  finished({digits.data(), end});
}

void JsonWriter::value(Timestamp time) { value(std::string_view(to_rfc3339(time))); }

void JsonWriter::field_or_null(std::string_view field_name, std::string_view text) {
  name(field_name);
  if (text.empty()) {
    null();
  } else {
    value(text);
  }
}

void JsonWriter::integer(std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  finished({digits.data(), end});
}

}  // namespace foyer
