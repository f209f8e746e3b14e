#include "server/forum/named_films.hpp"

#include <algorithm>
#include <string>

#include "server/forum/film_address.hpp"
#include "server/forum/markdown_inline.hpp"
#include "server/forum/markdown_parser.hpp"

namespace foyer::forum {
namespace {

// A link's tag is the film's number, so that the run tells on replay which text stands in which link and spoiler.
class FilmReader final : public MarkdownReader, public InlineSink {
 public:
  FilmReader(std::string_view site_url, std::size_t most) : site_url_(site_url), most_(most) {}

  bool enter_block(MD_BLOCKTYPE, const void*) override { return flush_run(); }
  bool leave_block(MD_BLOCKTYPE) override { return flush_run(); }
  bool enter_span(MD_SPANTYPE type, const MarkdownLink& link) override {
    const auto film = type == MD_SPAN_A ? film_in_address(link.address, site_url_) : std::nullopt;
    run_.open_span(film ? std::to_string(film->value) : std::string(), film ? "end" : "");
    return true;
  }
  bool leave_span(MD_SPANTYPE) override {
    run_.close_span();
    return true;
  }
  bool text(MD_TEXTTYPE type, std::string_view text) override;

  void text(std::string_view text) override;
  void tag(std::string_view tag) override;
  void open_spoiler() override { ++spoilers_; }
  void close_spoiler() override { --spoilers_; }
  bool full() const override { return films_.size() >= most_; }

  std::vector<FilmId> films() && { return std::move(films_); }

 private:
  bool flush_run();

  std::string_view site_url_;
  std::size_t most_;
  InlineRun run_;
  FilmId linked_;  // 0 outside of links to films
  std::size_t spoilers_ = 0;
  std::vector<FilmId> films_;
};

bool FilmReader::text(MD_TEXTTYPE type, std::string_view text) {
  if (type == MD_TEXT_NORMAL) {
    split_at_pipes(
        text, [this](std::string_view plain) { run_.add_text(plain); },
        [this](std::size_t pipes) { run_.add_pipes(pipes); });
  } else if (type != MD_TEXT_BR && type != MD_TEXT_SOFTBR) {
    run_.add_text(text);
  }
  return true;
}

void FilmReader::tag(std::string_view tag) {
  if (tag == "end") {
    linked_ = FilmId();
  } else if (!tag.empty()) {
    linked_ = FilmId{std::stoll(std::string(tag))};
  }
}

void FilmReader::text(std::string_view text) {
  const bool words = text.find_first_not_of(" \t\n") != std::string_view::npos;
  const bool named = linked_.value > 0 && spoilers_ == 0 && words;
  if (named && std::find(films_.begin(), films_.end(), linked_) == films_.end()) {
    films_.push_back(linked_);
  }
}

bool FilmReader::flush_run() {
  run_.replay(*this);
  run_.clear();
  linked_ = FilmId();
  spoilers_ = 0;
  return !full();
}

}  // namespace

std::vector<FilmId> named_films(std::string_view body, std::string_view site_url, std::size_t most) {
  FilmReader reader(site_url, most);
  read_markdown(body, reader);
  return std::move(reader).films();
}

}  // namespace foyer::forum
