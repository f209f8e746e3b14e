#include "server/forum/search_query.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "protocol/limits.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

struct Term {
  std::string name;   // of an operator, or ""
  std::string value;  // without quotes
  std::string typed;  // as it stood
};

bool is_blank(char character) { return character == ' ' || character == '\t' || character == '\n'; }

constexpr std::string_view operators[] = {"film", "by", "in", "before", "after", "kind"};

// Up to the next blank outside of quotes. A quote that is never closed ends with the text.
Term take_term(std::string_view& rest) {
  Term term;
  std::size_t at = 0;
  bool quoted = false;
  for (; at < rest.size() && (quoted || !is_blank(rest[at])); ++at) {
    quoted = quoted != (rest[at] == '"');
  }
  term.typed = std::string(rest.substr(0, at));
  rest.remove_prefix(at);
  const std::size_t colon = term.typed.find(':');
  const std::string name = term.typed.substr(0, std::min(colon, term.typed.size()));
  if (colon != std::string::npos && std::ranges::find(operators, name) != std::end(operators)) {
    term.name = name;
    term.value = term.typed.substr(colon + 1);
    std::erase(term.value, '"');
  }
  return term;
}

// The term up to so many words, however they are divided; what it had stands in `most` no more.
std::string first_words(const std::string& typed, std::size_t& most) {
  const std::string key = search_key_of(typed);
  std::size_t end = 0;
  while (end < key.size() && most > 0) {
    end = std::min(key.find(' ', end + 1), key.size());
    --most;
  }
  if (end == key.size()) {
    return typed;
  }
  const std::string left_out = typed.starts_with('-') ? "-" : "";
  const std::string quote = typed.find('"') == std::string::npos ? "" : "\"";
  return left_out + quote + key.substr(0, end) + quote;
}

Error unclear(std::string message) { return invalid_field("q", "out_of_range", std::move(message)); }

// "2026-11-01", "2026-11" or "2026": its first moment.
std::optional<Timestamp> day_of(const std::string& text) {
  int parts[3] = {0, 1, 1};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int index = 0; index < 3 && at != end; ++index) {
    const auto [stopped, error] = std::from_chars(at, end, parts[index]);
    if (error != std::errc{} || stopped == at || (stopped != end && *stopped != '-')) {
      return std::nullopt;
    }
    if (stopped + 1 == end) {
      return std::nullopt;  // ends with a hyphen
    }
    at = stopped == end || index == 2 ? stopped : stopped + 1;
  }
  const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (at != end || !day.ok() || parts[0] < 1900 || parts[0] > 2999) {
    return std::nullopt;
  }
  return Timestamp{std::chrono::sys_days{day}};
}

Result<void> apply_day(std::optional<Timestamp>& day, const Term& term) {
  day = day_of(term.value);
  return day ? Result<void>() : unclear(term.name + ": wants a day, like " + term.name + ":2026-11-01.");
}

Result<void> apply_kind(SearchQuery& query, const Term& term) {
  query.kind = thread_kind_from_word(term.value);
  return query.kind ? Result<void>()
                    : unclear("kind: is one of discussion, review, comments, identify and watch_along.");
}

Result<void> apply(SearchQuery& query, const Term& term) {
  if (term.value.empty()) {
    return unclear("What should come after " + term.name + ": is missing.");
  }
  if (term.name == "film") {
    query.films.push_back(term.value);
    if (query.films.size() > limits::search_films) {
      return unclear("At most three films can be asked for at once.");
    }
  } else if (term.name == "by") {
    query.author = term.value;
  } else if (term.name == "kind") {
    return apply_kind(query, term);
  } else if (term.name == "before") {
    return apply_day(query.before, term);
  } else if (term.name == "after") {
    return apply_day(query.not_before, term);
  } else {
    auto kinds = search_kinds(term.value, "q");
    if (!kinds) {
      return kinds.error();
    }
    query.kinds = *kinds;
  }
  return {};
}

}  // namespace

std::vector<std::string> search_words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string key = search_key_of(text);
  std::string_view rest = key;
  while (!rest.empty() && words.size() < limits::search_words) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string word(rest.substr(0, end));
    if (!word.empty() && std::ranges::find(words, word) == words.end()) {
      words.push_back(word);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

Result<SearchKinds> search_kinds(std::string_view words, std::string_view field) {
  SearchKinds kinds;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(','), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word == "films") {
      kinds.films = true;
    } else if (word == "people") {
      kinds.people = true;
    } else if (word == "threads") {
      kinds.threads = true;
    } else if (word == "posts") {
      kinds.posts = true;
    } else {
      return invalid_field(std::string(field), "out_of_range", "Search is in films, people, threads and posts.");
    }
  }
  return kinds;
}

Result<SearchQuery> parse_search(std::string_view text) {
  auto line = checked_line(text, "q", limits::search_characters);
  if (!line) {
    return line.error();
  }
  SearchQuery query;
  std::string wanted;                             // the text without what is to be left out
  std::size_t words_left = limits::search_words;  // each may cost a look at many posts
  std::vector<std::string> typed;
  bool narrowed = false;
  std::string_view rest = *line;
  while (!rest.empty()) {
    if (is_blank(rest.front())) {
      rest.remove_prefix(1);
      continue;
    }
    const Term term = take_term(rest);
    if (term.name.empty()) {
      const std::string key = search_key_of(term.typed);  // of a lone hyphen, which would leave out the next word, none
      if (key.empty() || words_left == 0 || std::ranges::find(typed, term.typed) != typed.end()) {
        continue;
      }
      if (key == "or") {
        typed.clear();  // another alternative
      } else {
        typed.push_back(term.typed);
      }
      const std::string words = first_words(term.typed, words_left);
      query.text.append(query.text.empty() ? "" : " ").append(words);
      query.exact = query.exact || words.starts_with('-') || words.find('"') != std::string::npos;
      if (!words.starts_with('-')) {
        wanted.append(" ").append(words);
      }
    } else if (auto applied = apply(query, term); !applied) {
      return applied.error();
    } else {
      narrowed = true;
    }
  }
  query.words = search_words_of(wanted);
  // A day or a kind alone would ask for everything, and so would what is to be left out.
  if (query.words.empty() && query.films.empty() && query.author.empty()) {
    return invalid_field("q", "required",
                         narrowed             ? "Type what to look for: kind:, in:, before: and after: only narrow it."
                         : query.text.empty() ? "Type what to look for."
                                              : "Type what to look for, not only what to leave out.");
  }
  return query;
}

}  // namespace foyer::forum
