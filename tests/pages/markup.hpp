// Looks into finished pages: a small reader of tags that is enough to see what a browser would take for markup.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::pages::samples {

// Every tag as written, without its content: "<a href=\"/\">", "</a>".
inline std::vector<std::string> tags_of(const std::string& page) {
  std::vector<std::string> tags;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at)) {
    std::size_t end = at;
    for (bool quoted = false; end < page.size() && (quoted || page[end] != '>'); ++end) {
      if (page[end] == '"') quoted = !quoted;
    }
    tags.push_back(page.substr(at, end + 1 - at));
    at = end;
  }
  return tags;
}

// The tag without the values of its attributes.
inline std::string without_values(const std::string& tag) {
  std::string bare;
  bool quoted = false;
  for (const char character : tag) {
    if (character == '"') quoted = !quoted;
    if (!quoted) bare += character;
  }
  return bare;
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// The text from the first `begin` up to and with the next `end`; "" when there is none.
inline std::string part_of(const std::string& text, std::string_view begin, std::string_view end) {
  const auto from = text.find(begin);
  if (from == std::string::npos) return {};
  const auto to = text.find(end, from + begin.size());
  return to == std::string::npos ? std::string() : text.substr(from, to + end.size() - from);
}

}  // namespace foyer::pages::samples
