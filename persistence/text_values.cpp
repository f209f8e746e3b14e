#include "persistence/text_values.hpp"

#include <charconv>

namespace foyer::persistence {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view text) {
  throw std::logic_error("PostgreSQL sent no " + std::string(what) + ": " + std::string(text.substr(0, 40)));
}

int digit_of(char character) {
  if (character >= '0' && character <= '9') {
    return character - '0';
  }
  if (character >= 'a' && character <= 'f') {
    return character - 'a' + 10;
  }
  refuse("bytes", std::string_view(&character, 1));
}

// One element starting at `at`; leaves `at` behind it. Unquoted NULL reads as "".
std::string read_element(std::string_view text, std::size_t& at) {
  std::string element;
  if (text[at] != '"') {
    const std::size_t end = text.find_first_of(",}", at);
    element = text.substr(at, end - at);
    at = end;
    return element == "NULL" ? "" : element;
  }
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      ++at;
    }
    element += text[at];
  }
  ++at;
  return element;
}

}  // namespace

void ArrayText::separate() {
  if (text_.size() > 1) {
    text_ += ',';
  }
}

void ArrayText::add(std::string_view text) {
  separate();
  text_ += '"';
  for (const char character : text) {
    if (character == '"' || character == '\\') {
      text_ += '\\';
    }
    text_ += character;
  }
  text_ += '"';
}

void ArrayText::add(std::int64_t number) {
  separate();
  text_ += std::to_string(number);
}

void ArrayText::add_null() {
  separate();
  text_ += "NULL";
}

std::string ArrayText::take() {
  text_ += '}';
  return std::move(text_);
}

std::vector<std::string> read_text_array(std::string_view text) {
  std::vector<std::string> elements;
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') {
    refuse("array", text);
  }
  for (std::size_t at = 1; at + 1 < text.size();) {
    elements.push_back(read_element(text, at));
    if (at >= text.size() || (text[at] != ',' && text[at] != '}')) {
      refuse("array", text);
    }
    ++at;
  }
  return elements;
}

std::vector<std::int64_t> read_number_array(std::string_view text) {
  std::vector<std::int64_t> numbers;
  for (const std::string& element : read_text_array(text)) {
    numbers.push_back(read_number(element));
  }
  return numbers;
}

std::string bytes_text(std::string_view raw) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "\\x";
  text.reserve(2 + raw.size() * 2);
  for (const char byte : raw) {
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

std::string read_bytes(std::string_view text) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) {
    refuse("bytes", text);
  }
  std::string raw;
  for (std::size_t at = 2; at < text.size(); at += 2) {
    raw += static_cast<char>(digit_of(text[at]) * 16 + digit_of(text[at + 1]));
  }
  return raw;
}

std::string bytes_array(const std::vector<std::string>& raw) {
  ArrayText array;
  for (const std::string& bytes : raw) {
    array.add(bytes_text(bytes));
  }
  return array.take();
}

std::int64_t read_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    refuse("number", text);
  }
  return number;
}

Timestamp read_timestamp(std::string_view text) {
  if (text.size() < 22 || !text.ends_with("+00") || text[10] != ' ') {
    refuse("time", text);
  }
  std::string fraction{text.substr(19, text.size() - 22)};  // "", ".1", ".12" or ".123"
  if (fraction.empty()) {
    fraction = ".";
  }
  fraction.resize(4, '0');
  const std::string full = std::string(text.substr(0, 10)) + "T" + std::string(text.substr(11, 8)) + fraction + "Z";
  const auto time = from_rfc3339(full);
  if (!time) {
    refuse("time", text);
  }
  return *time;
}

}  // namespace foyer::persistence
