// Drives md4c over a post and hands what it finds to a reader, put right where md4c 0.4.8 needs it: spans always nest
// (md4c leaves a span open whose end fell into an address), and an address ends before a spoiler mark. Included by
// markdown .cpp files only.
#pragma once

#include <string>
#include <string_view>

#include <md4c.h>

namespace foyer::forum {

struct MarkdownLink {  // of a link or image, entities decoded
  std::string address;
  std::string title;
};

// Each call returns false to stop; whoever stops remembers it, as md4c reports success all the same.
class MarkdownReader {
 public:
  virtual ~MarkdownReader() = default;
  virtual bool enter_block(MD_BLOCKTYPE type, const void* detail) = 0;
  virtual bool leave_block(MD_BLOCKTYPE type) = 0;
  virtual bool enter_span(MD_SPANTYPE type, const MarkdownLink& link) = 0;
  virtual bool leave_span(MD_SPANTYPE type) = 0;
  virtual bool text(MD_TEXTTYPE type, std::string_view text) = 0;
};

void read_markdown(std::string_view body, MarkdownReader& reader);

// Hands plain stretches to `text` and runs of two and more `|` to `pipes`.
template <class OnText, class OnPipes>
void split_at_pipes(std::string_view chunk, OnText text, OnPipes pipes) {
  while (!chunk.empty()) {
    const std::size_t at = chunk.find("||");
    if (at == std::string_view::npos) {
      text(chunk);
      return;
    }
    if (at > 0) {
      text(chunk.substr(0, at));
    }
    std::size_t end = chunk.find_first_not_of('|', at);
    end = end == std::string_view::npos ? chunk.size() : end;
    pipes(end - at);
    chunk.remove_prefix(end);
  }
}

}  // namespace foyer::forum
