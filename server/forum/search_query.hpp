// What somebody typed into the search field, taken apart: words, and operators that narrow. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/result.hpp"
#include "protocol/views.hpp"

namespace foyer::forum {

struct SearchKinds {
  bool films = false;
  bool people = false;
  bool threads = false;
  bool posts = false;

  int count() const { return int{films} + int{people} + int{threads} + int{posts}; }
  bool none() const { return count() == 0; }
};
// "films,threads"; invalid with the field when a word is no kind. "" is none.
Result<SearchKinds> search_kinds(std::string_view words, std::string_view field);

struct SearchQuery {
  std::string text;                 // without operators: "quoted phrase" -not or; each term of an alternative once, and
                                    // at most limits::search_words words
  std::vector<std::string> words;   // of the text without -not, folded, each once, at most limits::search_words
  bool exact = false;               // the text has a phrase or -not: words that are only alike are not meant
  std::vector<std::string> films;   // film:solaris film:"the mirror"
  std::string author;               // by:mira
  SearchKinds kinds;                // in:threads
  std::optional<ThreadKind> kind;   // kind:review
  std::optional<Timestamp> before;  // before:2026-11-01, that day not included
  std::optional<Timestamp> not_before;  // after:2026-11-01, from that day on

  // Only threads and posts can be narrowed so.
  bool narrowed() const {
    return !films.empty() || !author.empty() || kind.has_value() || before.has_value() || not_before.has_value();
  }
};
// The words of a text, folded, each once, at most limits::search_words.
std::vector<std::string> search_words_of(std::string_view text);

// invalid with the field "q": nothing to look for, too long, or an operator that says nothing known.
Result<SearchQuery> parse_search(std::string_view text);

}  // namespace foyer::forum
