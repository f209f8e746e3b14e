#include "server/forum/search_snippet.hpp"

#include <algorithm>
#include <string>

#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

constexpr std::size_t characters_before = 60;

struct Word {  // with the blanks after it
  std::string text;
  bool marked = false;
};

std::vector<Word> words_of(const Snippet& snippet) {
  std::vector<Word> words;
  for (const auto& [text, marked] : snippet) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size() - 1) + 1;
      words.push_back({text.substr(at, end - at), marked});
      at = end;
    }
  }
  return words;
}

void append(Snippet& snippet, const std::string& text, bool marked) {
  if (snippet.empty() || snippet.back().marked != marked) {
    snippet.push_back({text, marked});
  } else {
    snippet.back().text += text;
  }
}

}  // namespace

Snippet cut_snippet(const Snippet& whole, std::size_t max_characters) {
  const std::vector<Word> words = words_of(whole);
  std::size_t characters = 0;
  for (const Word& word : words) {
    characters += count_characters(word.text);
  }
  if (characters <= max_characters) {
    return whole;
  }
  const auto first_marked = std::ranges::find_if(words, &Word::marked);
  auto begin = first_marked == words.end() ? words.begin() : first_marked;
  for (std::size_t before = 0; begin != words.begin(); --begin) {
    before += count_characters((begin - 1)->text);
    if (before > characters_before) {
      break;
    }
  }
  Snippet cut;
  std::size_t room = max_characters - 1;  // for the ellipsis at the end
  if (begin != words.begin()) {
    append(cut, "…", false);
    --room;
  }
  for (auto word = begin; word != words.end(); ++word) {
    const std::size_t length = count_characters(word->text);
    if (length > room) {
      append(cut, "…", false);
      return cut;
    }
    room -= length;
    append(cut, word->text, word->marked);
  }
  return cut;
}

}  // namespace foyer::forum
