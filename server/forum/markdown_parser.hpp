// Drives md4c over a post and hands its callbacks to a reader. The reader returns false to stop; md4c then still
// reports success, so whoever stops remembers it. Included by markdown .cpp files only.
#pragma once

#include <string>
#include <string_view>

#include <md4c.h>

#include "server/forum/markdown_links.hpp"

namespace foyer::forum {

class MarkdownReader {
 public:
  virtual ~MarkdownReader() = default;
  virtual bool enter_block(MD_BLOCKTYPE type, const void* detail) = 0;
  virtual bool leave_block(MD_BLOCKTYPE type) = 0;
  virtual bool enter_span(MD_SPANTYPE type, const void* detail) = 0;
  virtual bool leave_span(MD_SPANTYPE type) = 0;
  virtual bool text(MD_TEXTTYPE type, std::string_view text) = 0;
};

inline void read_markdown(std::string_view body, MarkdownReader& reader) {
  static constexpr auto self = [](void* user) -> MarkdownReader& { return *static_cast<MarkdownReader*>(user); };
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEURLAUTOLINKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
    return self(user).enter_block(type, detail) ? 0 : 1;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) { return self(user).leave_block(type) ? 0 : 1; };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
    return self(user).enter_span(type, detail) ? 0 : 1;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* user) { return self(user).leave_span(type) ? 0 : 1; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
    return self(user).text(type, std::string_view(text, size)) ? 0 : 1;
  };
  md_parse(body.data(), static_cast<MD_SIZE>(body.size()), &parser, &reader);
}

// Text with its entities decoded, as an address must be before it is judged.
inline std::string decoded_attribute(const MD_ATTRIBUTE& attribute) {
  std::string text;
  for (std::size_t part = 0; attribute.text && attribute.substr_offsets[part] < attribute.size; ++part) {
    const std::size_t begin = attribute.substr_offsets[part];
    const std::string_view piece(attribute.text + begin, attribute.substr_offsets[part + 1] - begin);
    if (attribute.substr_types[part] == MD_TEXT_ENTITY) {
      text += entity_text(piece).value_or(std::string(piece));
    } else if (attribute.substr_types[part] == MD_TEXT_NULLCHAR) {
      text += "\uFFFD";
    } else {
      text += piece;
    }
  }
  return text;
}

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
