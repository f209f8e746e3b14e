// The inline content of one block (a paragraph, the text of a list item), collected while md4c reads it, because
// only its end tells which `||` are spoiler marks: a mark pairs with the next one that has the same parent span.
// replay() then gives the pieces in order. A spoiler within spans closes them, and they are opened again inside it:
// <details> may stand in no <em> or <a>, and text meant to be hidden must not show. Linear in the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::forum {

// Receives the pieces; `tag` and `text` are finished output.
class InlineSink {
 public:
  virtual ~InlineSink() = default;
  virtual void text(std::string_view text) = 0;
  virtual void tag(std::string_view tag) = 0;
  virtual void open_spoiler() = 0;
  virtual void close_spoiler() = 0;
  virtual bool full() const = 0;  // asked between pieces; ends the replay
};

class InlineRun {
 public:
  // Finished output of the sink's kind.
  void add_text(std::string_view text);
  // Two or more `|` in a row, as they stand in the text.
  void add_pipes(std::size_t count);
  // Tags may be empty: a span that shows nothing still is a parent.
  void open_span(std::string_view open_tag, std::string_view close_tag);
  void close_span();

  bool empty() const { return pieces_.empty(); }
  std::size_t bytes() const { return output_.size(); }
  bool has_spoiler() const { return has_spoiler_; }
  void replay(InlineSink& sink) const;
  void clear();

 private:
  enum class Kind : std::uint8_t { text, open_span, close_span, mark, open_spoiler, close_spoiler };
  struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  struct Piece {
    Kind kind = Kind::text;
    Stretch output;   // text, opening tag or, for marks that stay literal, their pipes
    Stretch closing;  // tag, for open_span
  };
  struct Parent {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t open_mark = none;
  };

  Stretch store(std::string_view text);
  std::string_view view(Stretch stretch) const;
  std::size_t add_mark();

  std::string output_;
  std::vector<Piece> pieces_;
  std::vector<Parent> parents_ = std::vector<Parent>(1);  // the block itself and the open spans
  bool has_spoiler_ = false;
};

}  // namespace foyer::forum
