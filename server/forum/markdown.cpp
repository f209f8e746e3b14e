#include "server/forum/markdown.hpp"

#include <vector>

#include "protocol/limits.hpp"
#include "server/forum/film_address.hpp"
#include "server/forum/markdown_inline.hpp"
#include "server/forum/markdown_links.hpp"
#include "server/forum/markdown_parser.hpp"

namespace foyer::forum {
namespace {

enum class Spoilers { covered, left_out };

class HtmlWriter final : public MarkdownReader, public InlineSink {
 public:
  explicit HtmlWriter(Spoilers spoilers) : spoilers_(spoilers) {}

  bool enter_block(MD_BLOCKTYPE type, const void* detail) override;
  bool leave_block(MD_BLOCKTYPE type) override;
  bool enter_span(MD_SPANTYPE type, const MarkdownLink& link) override;
  bool leave_span(MD_SPANTYPE type) override;
  bool text(MD_TEXTTYPE type, std::string_view text) override;

  void text(std::string_view text) override { html_ += left_out_ == 0 ? text : ""; }
  void tag(std::string_view tag) override { html_ += left_out_ == 0 ? tag : ""; }
  void open_spoiler() override;
  void close_spoiler() override;
  bool full() const override { return html_.size() > limits::rendered_post_bytes; }

  Rendered result() &&;

 private:
  // A list or quote, or an item of a list. Too deep ones show nothing but their content.
  struct Container {
    std::string_view closing;  // "" when not shown
    bool item = false;
  };

  bool keep_going();
  void open_container(std::string_view opening, std::string_view closing);
  void open_item();
  void close_container();
  void open_list(const MD_BLOCK_OL_DETAIL& detail);
  void open_anchor(const MarkdownLink& link);
  void write_text(std::string_view text);
  void write_marked_text(std::string_view text);
  void flush_run();

  Spoilers spoilers_;
  std::size_t left_out_ = 0;  // open spoilers of which nothing is written
  std::string html_;
  InlineRun run_;
  std::vector<Container> containers_;
  std::size_t depth_ = 0;  // lists and quotes
  std::size_t spans_ = 0;
  std::size_t anchors_ = 0;  // open links and images; only the outermost becomes <a>
  bool in_paragraph_ = false;
  bool in_code_ = false;
  bool too_complex_ = false;
  std::string bare_image_;  // address of an image that has shown no text yet
};

void HtmlWriter::open_spoiler() {
  if (spoilers_ == Spoilers::covered) {
    html_ += "<details class=\"spoiler\"><summary>Spoiler</summary>";
  } else if (left_out_++ == 0) {
    html_ += "[spoiler]";
  }
}

void HtmlWriter::close_spoiler() {
  if (spoilers_ == Spoilers::covered) {
    html_ += "</details>";
  } else {
    --left_out_;
  }
}

bool HtmlWriter::keep_going() {
  if (html_.size() + run_.bytes() > limits::rendered_post_bytes) {
    too_complex_ = true;
  }
  return !too_complex_;
}

void HtmlWriter::open_container(std::string_view opening, std::string_view closing) {
  ++depth_;
  const bool shown = depth_ <= limits::markdown_nesting;
  html_ += shown ? opening : "";
  containers_.push_back({shown ? closing : "", false});
}

void HtmlWriter::open_item() {
  const bool shown = !containers_.empty() && !containers_.back().closing.empty();
  html_ += shown ? "<li>" : "";
  containers_.push_back({shown ? "</li>" : "", true});
}

void HtmlWriter::close_container() {
  const Container container = containers_.back();
  containers_.pop_back();
  depth_ -= container.item ? 0 : 1;
  if (!container.closing.empty()) {
    html_ += container.closing;
    html_ += '\n';
  }
}

void HtmlWriter::open_list(const MD_BLOCK_OL_DETAIL& detail) {
  const std::string opening =
      detail.start == 1 ? std::string("<ol>") : "<ol start=\"" + std::to_string(detail.start) + "\">";
  open_container(opening, "</ol>");
}

bool HtmlWriter::enter_block(MD_BLOCKTYPE type, const void* detail) {
  flush_run();  // a tight list item's text, before the list within it
  switch (type) {
    case MD_BLOCK_QUOTE:
      open_container("<blockquote>", "</blockquote>");
      break;
    case MD_BLOCK_UL:
      open_container("<ul>", "</ul>");
      break;
    case MD_BLOCK_OL:
      open_list(*static_cast<const MD_BLOCK_OL_DETAIL*>(detail));
      break;
    case MD_BLOCK_LI:
      open_item();
      break;
    case MD_BLOCK_HR:
      html_ += "<hr>\n";
      break;
    case MD_BLOCK_CODE:
      in_code_ = true;
      html_ += "<pre><code>";
      break;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
      in_paragraph_ = true;
      break;
    default:
      break;
  }
  return keep_going();
}

bool HtmlWriter::leave_block(MD_BLOCKTYPE type) {
  flush_run();
  switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
      close_container();
      break;
    case MD_BLOCK_CODE:
      in_code_ = false;
      html_ += "</code></pre>\n";
      break;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
      in_paragraph_ = false;
      break;
    default:
      break;
  }
  return keep_going();
}

// A paragraph, or bare text. Bare text may stand in an item only; items that are not shown leave it to a paragraph.
void HtmlWriter::flush_run() {
  if (run_.empty()) {
    return;
  }
  const bool in_item = !containers_.empty() && containers_.back().item && !containers_.back().closing.empty();
  const bool bare = in_item && !in_paragraph_;
  const bool spoiler = run_.has_spoiler() && spoilers_ == Spoilers::covered;  // <details> may stand in no <p>
  if (!bare) {
    html_ += spoiler ? "<div class=\"paragraph\">" : "<p>";
  }
  run_.replay(*this);
  left_out_ = 0;
  if (!bare) {
    html_ += spoiler ? "</div>\n" : "</p>\n";
  }
  run_.clear();
}

bool HtmlWriter::enter_span(MD_SPANTYPE type, const MarkdownLink& link) {
  const bool shown = ++spans_ <= limits::markdown_nesting;
  if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
    ++anchors_;
    open_anchor(link);
    bare_image_ = type == MD_SPAN_IMG ? link.address : "";
  } else if (type == MD_SPAN_EM && shown) {
    run_.open_span("<em>", "</em>");
  } else if (type == MD_SPAN_STRONG && shown) {
    run_.open_span("<strong>", "</strong>");
  } else if (type == MD_SPAN_CODE && shown) {
    run_.open_span("<code>", "</code>");
  } else {
    run_.open_span("", "");
  }
  return keep_going();
}

bool HtmlWriter::leave_span(MD_SPANTYPE type) {
  --spans_;
  if (type == MD_SPAN_IMG && !bare_image_.empty()) {
    write_text(std::string(bare_image_));
  }
  if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
    --anchors_;
  }
  run_.close_span();
  return keep_going();
}

// HTML knows no link within a link, and not everything may be linked to; then only the text is shown.
void HtmlWriter::open_anchor(const MarkdownLink& link) {
  const auto href = anchors_ == 1 ? safe_href(link.address) : std::nullopt;
  if (!href) {
    run_.open_span("", "");
    return;
  }
  std::string opening = "<a href=\"" + *href + "\" rel=\"nofollow ugc noopener\"";
  if (film_in_address(link.address, "")) {
    opening += " class=\"film-title\"";
  }
  if (!link.title.empty()) {
    opening += " title=\"";
    append_escaped(opening, link.title);
    opening += '"';
  }
  run_.open_span(opening + ">", "</a>");
}

void HtmlWriter::write_text(std::string_view text) {
  std::string escaped;
  append_escaped(escaped, text);
  bare_image_.clear();
  if (in_code_) {
    html_ += escaped;
  } else {
    run_.add_text(escaped);
  }
}

void HtmlWriter::write_marked_text(std::string_view text) {
  split_at_pipes(
      text, [this](std::string_view plain) { write_text(plain); },
      [this](std::size_t pipes) {
        bare_image_.clear();
        run_.add_pipes(pipes);
      });
}

bool HtmlWriter::text(MD_TEXTTYPE type, std::string_view text) {
  switch (type) {
    case MD_TEXT_NULLCHAR:
      write_text("\uFFFD");
      break;
    case MD_TEXT_BR:
      run_.add_text("<br>\n");
      break;
    case MD_TEXT_SOFTBR:
      run_.add_text("\n");
      break;
    case MD_TEXT_ENTITY:
      if (const auto known = entity_text(text)) {
        write_text(*known);
      } else {
        run_.add_text(text);  // "&name;": md4c passes nothing else
        bare_image_.clear();
      }
      break;
    case MD_TEXT_NORMAL:
      write_marked_text(text);
      break;
    default:
      write_text(text);
      break;
  }
  return keep_going();
}

Rendered HtmlWriter::result() && {
  if (too_complex_) {
    return {"", true};
  }
  while (html_.ends_with('\n')) {
    html_.pop_back();
  }
  return {std::move(html_), false};
}

}  // namespace

Rendered render_markdown(std::string_view body) {
  HtmlWriter writer(Spoilers::covered);
  read_markdown(body, writer);
  return std::move(writer).result();
}

Rendered render_without_spoilers(std::string_view body) {
  HtmlWriter writer(Spoilers::left_out);
  read_markdown(body, writer);
  return std::move(writer).result();
}

}  // namespace foyer::forum
