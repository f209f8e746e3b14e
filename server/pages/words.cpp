#include "server/pages/words.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <string_view>

namespace foyer::pages {

namespace {

constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string date_of(std::chrono::year_month_day date) {
  return std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(month_names[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<int>(date.year()));
}

std::optional<int> digits(std::string_view text) {
  int number = 0;
  for (const char character : text) {
    if (character < '0' || character > '9') return std::nullopt;
    number = number * 10 + (character - '0');
  }
  return number;
}

// Whether the byte is one of UTF-8 that no character begins with.
bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char byte : text) {
    const bool space = byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
    if (!space) line += byte;
    if (space && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

std::string time_in_words(Timestamp time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(time - day).count();
  return date_of(std::chrono::year_month_day(day)) + ", " + two_digits(minutes / 60) + ":" + two_digits(minutes % 60) +
         " UTC";
}

std::string month_in_words(Timestamp time) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
  return std::string(month_names[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<int>(date.year()));
}

std::string date_in_words(const std::string& date) {
  const std::string_view text = date;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return date;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return date;
  const std::chrono::year_month_day read(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  return read.ok() ? date_of(read) : date;
}

std::string runtime_in_words(int minutes) {
  const int hours = minutes / 60;
  const int rest = minutes % 60;
  std::string words;
  if (hours > 0) words = count_in_words(hours, "hour");
  if (rest > 0 || hours == 0) words += (hours > 0 ? " " : "") + count_in_words(rest, "minute");
  return words;
}

std::string replies_in_words(std::int64_t count) { return count == 1 ? "1 reply" : std::to_string(count) + " replies"; }

std::string comments_in_words(std::int64_t count) { return count_in_words(count, "comment"); }

std::string count_in_words(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

std::string beginning_of(const std::string& text, std::size_t characters) {
  const auto line = on_one_line(text);
  std::size_t count = 0;
  std::size_t room = 0;  // where the last character that may stand begins
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (continues_character(line[at])) continue;
    if (++count == characters) room = at;
  }
  if (count <= characters) return line;
  const auto space = line.rfind(' ', room);
  return line.substr(0, space == std::string::npos ? room : space) + "…";
}

std::string score_in_words(double score) {
  const auto tenths = std::llround(score * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string rating_in_words(const RatingView& rating) {
  return rating.count == 0 ? "No ratings yet" : "of 10 from " + count_in_words(rating.count, "rating");
}

std::string initial_of(const std::string& name) {
  std::size_t length = 1;
  while (length < name.size() && continues_character(name[length])) ++length;
  return name.substr(0, length);
}

std::string reach_in_words(const ReachView& reach) {
  if (reach.screens == 0) return "No screen was showing it.";
  std::string text = "Gone from " + std::to_string(reach.gone) + " of " + count_in_words(reach.screens, "screen");
  if (reach.offline == 1) text += "; 1 was offline and is cleaned when it comes back";
  if (reach.offline > 1) {
    text += "; " + std::to_string(reach.offline) + " were offline and are cleaned when they come back";
  }
  if (const auto silent = reach.screens - reach.gone - reach.offline; silent > 0) {
    text += "; " + std::to_string(silent) + (silent == 1 ? " has" : " have") + " not answered";
  }
  return text + ".";
}

std::string year_in_parentheses(std::optional<int> year) { return year ? " (" + std::to_string(*year) + ")" : ""; }

}  // namespace foyer::pages
