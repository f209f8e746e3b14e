#include "server/forum/markdown_parser.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "server/forum/markdown_links.hpp"

namespace foyer::forum {
namespace {

// Text with its entities decoded, as an address must be before it is judged.
std::string decoded(const MD_ATTRIBUTE& attribute) {
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

MarkdownLink link_of(MD_SPANTYPE type, const void* detail) {
  if (type == MD_SPAN_A) {
    const auto& link = *static_cast<const MD_SPAN_A_DETAIL*>(detail);
    return {decoded(link.href), decoded(link.title)};
  }
  if (type == MD_SPAN_IMG) {
    const auto& image = *static_cast<const MD_SPAN_IMG_DETAIL*>(detail);
    return {decoded(image.src), decoded(image.title)};
  }
  return {};
}

class Driver {
 public:
  explicit Driver(MarkdownReader& reader) : reader_(reader) {}

  bool enter_block(MD_BLOCKTYPE type, const void* detail) {
    return close_spans(0) && reader_.enter_block(type, detail);
  }
  bool leave_block(MD_BLOCKTYPE type) { return close_spans(0) && reader_.leave_block(type); }
  bool enter_span(MD_SPANTYPE type, const void* detail);
  bool leave_span(MD_SPANTYPE type);
  bool text(MD_TEXTTYPE type, std::string_view text);

 private:
  bool open(MD_SPANTYPE type, const MarkdownLink& link);
  bool open_doubtful();
  bool close_spans(std::size_t remaining);
  bool take_cut_address(std::string_view text);

  MarkdownReader& reader_;
  std::vector<MD_SPANTYPE> spans_;
  std::optional<MarkdownLink> doubtful_;  // a link that may be a bare address with a spoiler mark at its end
};

bool Driver::open(MD_SPANTYPE type, const MarkdownLink& link) {
  spans_.push_back(type);
  return reader_.enter_span(type, link);
}

bool Driver::open_doubtful() {
  if (!doubtful_) {
    return true;
  }
  const MarkdownLink link = std::move(*doubtful_);
  doubtful_.reset();
  return open(MD_SPAN_A, link);
}

bool Driver::close_spans(std::size_t remaining) {
  bool going_on = open_doubtful();
  while (spans_.size() > remaining) {
    const MD_SPANTYPE type = spans_.back();
    spans_.pop_back();
    going_on = reader_.leave_span(type) && going_on;
  }
  return going_on;
}

bool Driver::enter_span(MD_SPANTYPE type, const void* detail) {
  const bool going_on = open_doubtful();
  MarkdownLink link = link_of(type, detail);
  if (type == MD_SPAN_A && link.title.empty() && link.address.find("||") != std::string::npos) {
    doubtful_ = std::move(link);
    return going_on;
  }
  return open(type, link) && going_on;
}

// Ends the spans within too. A span that is not open was ended by the spoiler mark in its address.
bool Driver::leave_span(MD_SPANTYPE type) {
  const bool going_on = open_doubtful();
  const auto found = std::find(spans_.rbegin(), spans_.rend(), type);
  return found == spans_.rend() ? going_on
                                : close_spans(static_cast<std::size_t>(spans_.rend() - found) - 1) && going_on;
}

// "||look at https://example.org||": md4c takes the marks into the address, and the spoiler would stand open.
bool Driver::take_cut_address(std::string_view text) {
  const std::size_t end = text.find("||");
  doubtful_->address.resize(end);
  return open_doubtful() && reader_.text(MD_TEXT_NORMAL, text.substr(0, end)) && close_spans(spans_.size() - 1) &&
         reader_.text(MD_TEXT_NORMAL, text.substr(end));
}

bool Driver::text(MD_TEXTTYPE type, std::string_view text) {
  if (doubtful_ && doubtful_->address == text) {
    return take_cut_address(text);
  }
  return open_doubtful() && reader_.text(type, text);
}

Driver& driver(void* user) { return *static_cast<Driver*>(user); }

}  // namespace

void read_markdown(std::string_view body, MarkdownReader& reader) {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEURLAUTOLINKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
    return driver(user).enter_block(type, detail) ? 0 : 1;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) { return driver(user).leave_block(type) ? 0 : 1; };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
    return driver(user).enter_span(type, detail) ? 0 : 1;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* user) { return driver(user).leave_span(type) ? 0 : 1; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
    return driver(user).text(type, std::string_view(text, size)) ? 0 : 1;
  };
  Driver drive(reader);
  md_parse(body.data(), static_cast<MD_SIZE>(body.size()), &parser, &drive);
}

}  // namespace foyer::forum
