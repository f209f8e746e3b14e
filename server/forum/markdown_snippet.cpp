#include <algorithm>
#include <vector>

#include "protocol/limits.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/markdown_inline.hpp"
#include "server/forum/markdown_links.hpp"
#include "server/forum/markdown_parser.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

// Collects words until there are more than enough; the cut is made afterwards.
class SnippetWriter : public MarkdownReader, public InlineSink {
 public:
  // `spoiler` stands where one was.
  SnippetWriter(std::size_t enough_bytes, std::string_view spoiler) : enough_bytes_(enough_bytes), spoiler_(spoiler) {}

  bool enter_block(MD_BLOCKTYPE, const void*) override { return flush_run(); }
  bool leave_block(MD_BLOCKTYPE) override { return flush_run(); }
  bool enter_span(MD_SPANTYPE, const MarkdownLink& link) override {
    const std::string tag = tag_of(link);
    run_.open_span(tag, tag.empty() ? "" : "/");
    return true;
  }
  bool leave_span(MD_SPANTYPE) override {
    run_.close_span();
    return true;
  }
  bool text(MD_TEXTTYPE type, std::string_view text) override;

  void text(std::string_view text) override;
  void tag(std::string_view) override {}
  void open_spoiler() override {
    if (spoilers_++ == 0) {
      add_words(spoiler_);
    }
  }
  void close_spoiler() override { --spoilers_; }
  bool full() const override { return words_.size() > enough_bytes_; }

  const std::string& words() const { return words_; }

 protected:
  // What tag() hears of a span when its place has come.
  virtual std::string tag_of(const MarkdownLink&) const { return ""; }
  bool hidden() const { return spoilers_ > 0; }

 private:
  bool flush_run();
  void add_words(std::string_view text);

  std::size_t enough_bytes_;
  std::string_view spoiler_;
  std::string words_;
  InlineRun run_;
  std::size_t spoilers_ = 0;
  bool gap_ = false;
};

bool SnippetWriter::text(MD_TEXTTYPE type, std::string_view text) {
  switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
      run_.add_text(" ");
      break;
    case MD_TEXT_ENTITY:
      run_.add_text(entity_text(text).value_or(std::string(text)));
      break;
    case MD_TEXT_NORMAL:
      split_at_pipes(
          text, [this](std::string_view plain) { run_.add_text(plain); },
          [this](std::size_t pipes) { run_.add_pipes(pipes); });
      break;
    default:
      run_.add_text(text);
      break;
  }
  return true;
}

void SnippetWriter::text(std::string_view text) {
  if (spoilers_ == 0) {
    add_words(text);
  }
}

bool SnippetWriter::flush_run() {
  run_.replay(*this);
  run_.clear();
  spoilers_ = 0;
  gap_ = true;
  return !full();
}

// White space of any length becomes one space between words.
void SnippetWriter::add_words(std::string_view text) {
  for (const char character : text) {
    if (character == ' ' || character == '\n' || character == '\t') {
      gap_ = true;
      continue;
    }
    if (gap_ && !words_.empty()) {
      words_ += ' ';
    }
    gap_ = false;
    words_ += character;
  }
}

// The byte at which `characters` code points are over.
std::size_t offset_of(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
      ++at;
    }
    --characters;
  }
  return at;
}

std::string cut_at_word(const std::string& text, std::size_t max_characters) {
  if (count_characters(text) <= max_characters) {
    return text;
  }
  if (max_characters == 0) {
    return "";
  }
  std::size_t end = offset_of(text, max_characters - 1);  // one for the ellipsis
  if (text[end] != ' ') {
    const std::size_t space = text.rfind(' ', end);
    // A single endless word is cut inside rather than dropped.
    end = space != std::string::npos && space > end / 2 ? space : end;
  }
  return text.substr(0, end) + "…";
}

// The whole text, and the films that its links name outside of spoilers.
class SearchWriter final : public SnippetWriter {
 public:
  SearchWriter() : SnippetWriter(std::string::npos, "") {}

  void tag(std::string_view tag) override {
    if (!tag.empty()) {
      link_ = tag == "/" ? "" : std::string(tag);
    }
  }
  // A link names its film where some of its words are seen.
  void text(std::string_view text) override {
    if (!link_.empty() && !hidden() && links_.size() < limits::search_links &&
        std::ranges::find(links_, link_) == links_.end()) {
      links_.push_back(link_);
    }
    SnippetWriter::text(text);
  }
  std::vector<std::string> take_links() { return std::move(links_); }

 protected:
  std::string tag_of(const MarkdownLink& link) const override { return film_named_by(link.address); }

 private:
  std::string link_;  // that is open
  std::vector<std::string> links_;
};

}  // namespace

std::string plain_snippet(std::string_view body, std::size_t max_characters) {
  SnippetWriter writer(max_characters * 4 + 4, "[spoiler]");
  read_markdown(body, writer);
  return cut_at_word(writer.words(), max_characters);
}

SearchableText searchable_text(std::string_view body) {
  SearchWriter writer;
  read_markdown(body, writer);
  return {writer.words(), writer.take_links()};
}

}  // namespace foyer::forum
