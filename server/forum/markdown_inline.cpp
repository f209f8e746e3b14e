#include "server/forum/markdown_inline.hpp"

namespace foyer::forum {

InlineRun::Stretch InlineRun::store(std::string_view text) {
  const std::size_t begin = output_.size();
  output_ += text;
  return {begin, output_.size()};
}

std::string_view InlineRun::view(Stretch stretch) const {
  return std::string_view(output_).substr(stretch.begin, stretch.end - stretch.begin);
}

void InlineRun::add_text(std::string_view text) { pieces_.push_back({Kind::text, store(text), {}}); }

std::size_t InlineRun::add_mark() {
  pieces_.push_back({Kind::mark, store("||"), {}});
  return pieces_.size() - 1;
}

// A run closes what its parent has open; four pipes close one and open the next ("||a||||b||"). Pipes beyond the
// marks are text, inside the spoiler that they stand at.
void InlineRun::add_pipes(std::size_t count) {
  Parent& parent = parents_.back();
  if (parent.open_mark != Parent::none) {
    pieces_[parent.open_mark].kind = Kind::open_spoiler;
    pieces_[add_mark()].kind = Kind::close_spoiler;
    has_spoiler_ = true;
    parent.open_mark = Parent::none;
    count -= 2;
  }
  if (count >= 2) {
    parent.open_mark = add_mark();
    count -= 2;
  }
  if (count > 0) {
    add_text(std::string(count, '|'));
  }
}

void InlineRun::open_span(std::string_view open_tag, std::string_view close_tag) {
  const Stretch opening = store(open_tag);
  pieces_.push_back({Kind::open_span, opening, store(close_tag)});
  parents_.emplace_back();
}

void InlineRun::close_span() {
  pieces_.push_back({Kind::close_span, {}, {}});
  parents_.pop_back();
}

void InlineRun::replay(InlineSink& sink) const {
  std::vector<const Piece*> spans;  // open ones
  const auto close_all = [&] {
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
      sink.tag(view((*span)->closing));
    }
  };
  const auto open_all = [&] {
    for (const Piece* span : spans) {
      sink.tag(view(span->output));
    }
  };
  for (const Piece& piece : pieces_) {
    if (sink.full()) {
      return;
    }
    switch (piece.kind) {
      case Kind::text:
      case Kind::mark:  // unpaired
        sink.text(view(piece.output));
        break;
      case Kind::open_span:
        sink.tag(view(piece.output));
        spans.push_back(&piece);
        break;
      case Kind::close_span:
        sink.tag(view(spans.back()->closing));
        spans.pop_back();
        break;
      case Kind::open_spoiler:
        close_all();
        sink.open_spoiler();
        open_all();
        break;
      case Kind::close_spoiler:
        close_all();
        sink.close_spoiler();
        open_all();
        break;
    }
  }
}

void InlineRun::clear() {
  output_.clear();
  pieces_.clear();
  parents_.assign(1, Parent{});
  has_spoiler_ = false;
}

}  // namespace foyer::forum
