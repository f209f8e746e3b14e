#include "server/forum/search_titles.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "protocol/limits.hpp"
#include "server/forum/icu_text.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

std::optional<int> year_of(const std::string& word) {
  int year = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), year);
  return error == std::errc{} && end == word.data() + word.size() && word.size() == 4 && year >= 1870 && year <= 2200
             ? std::optional(year)
             : std::nullopt;
}

bool latin(const std::string& word) {
  return std::ranges::all_of(word, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

// A word holds letters, digits and marks only, no quote.
std::string quoted(const std::string& word) { return "'" + word + "':*"; }

std::string alternatives(const std::string& word, const CloseWords& close) {
  std::string query = quoted(word);
  if (!latin(word)) {
    std::string in_latin = slug_of(word);
    std::ranges::replace(in_latin, '-', ' ');
    query += " | " + quoted(in_latin);
  }
  if (const auto others = close.find(word); others != close.end()) {
    for (const std::string& other : others->second) {
      query += other.find_first_of("'\\") == std::string::npos ? " | '" + other + "'" : "";
    }
  }
  return query;
}

}  // namespace

persistence::TitleWords title_words(const std::vector<std::string>& words, const CloseWords& close) {
  persistence::TitleWords title;
  for (const std::string& word : words) {
    title.title.append(title.title.empty() ? "" : " ").append(word);
    const auto year = year_of(word);
    if (year && words.size() > 1) {
      title.year = year;
      continue;
    }
    title.query.append(title.query.empty() ? "(" : " & (").append(alternatives(word, close)).append(")");
  }
  if (title.query.empty() && title.year) {  // "1917 2019": a title that is a year, and its year
    title.query = "(" + alternatives(words.front(), close) + ")";
  }
  return title;
}

CloseWords close_words(persistence::Transaction& transaction, const std::vector<std::string>& words) {
  std::vector<std::string> long_enough;
  std::ranges::copy_if(words, std::back_inserter(long_enough),
                       [](const std::string& word) { return count_characters(word) >= 4 && !year_of(word); });
  struct Candidate {
    std::size_t apart = 0;
    std::string word;
    bool operator<(const Candidate& other) const {
      return apart != other.apart ? apart < other.apart : word < other.word;
    }
  };
  std::map<std::string, std::vector<Candidate>> candidates;
  for (const persistence::CloseWord& close : persistence::find_close_words(transaction, long_enough)) {
    const std::size_t most = count_characters(close.given) < 6 ? 1 : 2;
    const std::size_t apart = letters_apart(close.given, close.known, most);
    if (apart > 0 && apart <= most) {
      candidates[close.given].push_back({apart, close.known});
    }
  }
  CloseWords found;
  for (auto& [given, known] : candidates) {
    std::ranges::sort(known, std::less<>());
    for (const Candidate& candidate : known) {
      if (std::ssize(found[given]) == limits::search_close_words) {
        break;
      }
      found[given].push_back(candidate.word);
    }
  }
  return found;
}

// Optimal string alignment, three rows of the table at a time. Words of an index are short.
std::size_t letters_apart(const std::string& one, const std::string& other, std::size_t most) {
  if (one == other) {
    return 0;
  }
  const icu::UnicodeString a = from_utf8(one).value_or(icu::UnicodeString());
  const icu::UnicodeString b = from_utf8(other).value_or(icu::UnicodeString());
  const auto rows = static_cast<std::size_t>(a.length());
  const auto columns = static_cast<std::size_t>(b.length());
  constexpr std::size_t longest = 64;
  if (rows > longest || columns > longest || std::max(rows, columns) - std::min(rows, columns) > most) {
    return most + 1;
  }
  const auto letter = [](const icu::UnicodeString& text, std::size_t at) {
    return text.charAt(static_cast<std::int32_t>(at));
  };
  std::vector<std::size_t> before_last(columns + 1), last(columns + 1), row(columns + 1);
  for (std::size_t j = 0; j <= columns; ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= rows; ++i) {
    before_last = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= columns; ++j) {
      const bool same = letter(a, i - 1) == letter(b, j - 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && letter(a, i - 1) == letter(b, j - 2) && letter(a, i - 2) == letter(b, j - 1)) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return std::min(row[columns], most + 1);
}

}  // namespace foyer::forum
