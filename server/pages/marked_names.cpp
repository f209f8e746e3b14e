#include "server/pages/marked_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ranges>
#include <string_view>

#include "server/pages/film_facts.hpp"

namespace foyer::pages {

namespace {

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; }

bool is_same(std::string_view one, std::string_view other) { return std::ranges::equal(one, other, {}, lower, lower); }

bool is_of_word(char byte) {
  return (byte >= '0' && byte <= '9') || (lower(byte) >= 'a' && lower(byte) <= 'z') ||
         static_cast<unsigned char>(byte) >= 0x80;
}

// Beyond ASCII every character is taken for a letter but quotation marks, dashes and dots, as they stand beside titles.
constexpr std::array<std::string_view, 10> marks{"“", "”", "„", "‘", "’", "«", "»", "–", "—", "…"};

bool begins_word(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  return before.empty() || !is_of_word(before.back()) ||
         std::ranges::any_of(marks, [&](std::string_view mark) { return before.ends_with(mark); });
}

bool ends_word(std::string_view text, std::size_t at) {
  const std::string_view after = text.substr(at);
  return after.empty() || !is_of_word(after.front()) ||
         std::ranges::any_of(marks, [&](std::string_view mark) { return after.starts_with(mark); });
}

// The length of the name that begins there, or 0.
std::size_t name_at(std::string_view text, std::size_t at, const std::vector<std::string>& names) {
  if (!begins_word(text, at)) return 0;
  for (const std::string& name : names) {
    const std::string_view there = text.substr(at, name.size());
    const bool named = name.find(' ') == std::string::npos ? there == name : is_same(there, name);
    if (named && ends_word(text, at + name.size())) return name.size();
  }
  return 0;
}

}  // namespace

std::vector<std::string> names_of(const FilmView& film) {
  std::vector<std::string> names{film.title, film.original_title};
  names.insert(names.end(), film.alternative_titles.begin(), film.alternative_titles.end());
  for (const CrewMember& member : film.crew) {
    if (member.job == "Director")
      names.insert(names.end(), {member.name, member.name.substr(member.name.rfind(' ') + 1)});
  }
  for (const CastMember& member : film.cast | std::views::take(cast_shown)) names.push_back(member.name);
  std::erase(names, "");
  std::ranges::sort(names, [](const std::string& one, const std::string& other) { return one.size() > other.size(); });
  return names;
}

void write_marked(Html& html, const std::string& text, const std::vector<std::string>& names) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = name_at(text, at, names);
    if (length == 0) {
      plain += text[at++];
      continue;
    }
    html << plain << "<mark>" << text.substr(at, length) << "</mark>";
    plain.clear();
    at += length;
  }
  html << plain;
}

}  // namespace foyer::pages
