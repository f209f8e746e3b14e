// Reads rendered Markdown as a browser would and says what is not allowed in it: unknown tags and attributes, tags
// that do not close in order, elements where HTML does not take them, addresses that could run a script.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::forum::samples {

class MarkupReader {
 public:
  explicit MarkupReader(std::string_view html) : rest_(html) {}

  // "" when all is allowed.
  std::string complaint() {
    while (complaint_.empty() && !rest_.empty()) {
      const std::size_t at = std::min(rest_.find('<'), rest_.size());
      read_text(rest_.substr(0, at));
      rest_.remove_prefix(at);
      if (!rest_.empty() && complaint_.empty()) read_tag();
    }
    if (complaint_.empty() && !open_.empty()) complaint_ = "not closed: " + open_.back();
    return complaint_;
  }

 private:
  static bool is_one_of(std::string_view tag, std::initializer_list<std::string_view> tags) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  }
  static bool phrasing(std::string_view tag) { return is_one_of(tag, {"em", "strong", "code", "a", "br"}); }
  static bool flow(std::string_view tag) {
    return phrasing(tag) || is_one_of(tag, {"p", "div", "blockquote", "ul", "ol", "hr", "pre", "details"});
  }

  // Whether `parent` takes `tag` as a child; "" is the document.
  static bool takes(std::string_view parent, std::string_view tag) {
    if (is_one_of(parent, {"", "blockquote", "li"})) return flow(tag);
    if (is_one_of(parent, {"p", "em", "strong", "a", "code", "summary"})) return phrasing(tag);
    if (parent == "div") return phrasing(tag) || tag == "details";
    if (parent == "details") return phrasing(tag) || is_one_of(tag, {"summary", "details"});
    if (is_one_of(parent, {"ul", "ol"})) return tag == "li";
    return parent == "pre" && tag == "code";
  }

  void read_text(std::string_view text) {
    if (text.find('>') != std::string_view::npos) complaint_ = "a bare > in: " + std::string(text);
    const bool blank = text.find_first_not_of(" \n") == std::string_view::npos;
    if (!blank && !open_.empty() && is_one_of(open_.back(), {"ul", "ol"})) complaint_ = "text between list items";
  }

  void read_tag() {
    const std::size_t end = rest_.find('>');
    if (end == std::string_view::npos) {
      complaint_ = "a tag without end";
      return;
    }
    const std::string_view tag = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (tag.starts_with('/')) {
      close(tag.substr(1));
    } else {
      open(tag);
    }
  }

  void close(std::string_view name) {
    if (open_.empty() || open_.back() != name) {
      complaint_ = "closed out of order: " + std::string(name);
    } else {
      open_.pop_back();
    }
  }

  void open(std::string_view tag) {
    const std::size_t space = std::min(tag.find(' '), tag.size());
    const std::string name(tag.substr(0, space));
    if (!takes(open_.empty() ? "" : open_.back(), name)) {
      complaint_ = "<" + name + "> in <" + (open_.empty() ? "" : open_.back()) + ">";
    }
    if (name == "a" && std::find(open_.begin(), open_.end(), "a") != open_.end()) complaint_ = "a link in a link";
    read_attributes(name, tag.substr(space));
    if (name != "br" && name != "hr") open_.push_back(name);
  }

  void read_attributes(const std::string& tag, std::string_view text) {
    while (!text.empty() && complaint_.empty()) {
      const std::size_t equals = text.find("=\"");
      const std::size_t end = equals == std::string_view::npos ? equals : text.find('"', equals + 2);
      if (text.front() != ' ' || end == std::string_view::npos) {
        complaint_ = "odd attributes: " + std::string(text);
        return;
      }
      read_attribute(tag, text.substr(1, equals - 1), text.substr(equals + 2, end - equals - 2));
      text.remove_prefix(end + 1);
    }
  }

  void read_attribute(const std::string& tag, std::string_view name, std::string_view value) {
    const bool allowed =
        (tag == "a" && name == "href" && safe_address(value)) ||
        (tag == "a" && name == "rel" && value == "nofollow ugc noopener") || (tag == "a" && name == "title") ||
        (tag == "a" && name == "class" && value == "film-title") ||
        (tag == "ol" && name == "start" && value.find_first_not_of("0123456789") == std::string_view::npos) ||
        (tag == "div" && name == "class" && value == "paragraph") ||
        (tag == "details" && name == "class" && value == "spoiler");
    if (!allowed) complaint_ = "<" + tag + "> with " + std::string(name) + "=\"" + std::string(value) + "\"";
  }

  // The writer lets only "&amp;" and "&#39;" stand in an address, so no further decoding can change its scheme.
  static bool safe_address(std::string_view address) {
    for (std::size_t at = address.find('&'); at != std::string_view::npos; at = address.find('&', at + 1)) {
      if (!address.substr(at).starts_with("&amp;") && !address.substr(at).starts_with("&#39;")) return false;
    }
    if (address.find_first_of(" \t\n\\<>") != std::string_view::npos) return false;
    const auto begins = [&](std::string_view prefix) {
      return address.size() >= prefix.size() &&
             std::equal(prefix.begin(), prefix.end(), address.begin(),
                        [](char wanted, char given) { return wanted == std::tolower(given); });
    };
    return begins("http://") || begins("https://") || begins("mailto:") ||
           (address.starts_with('/') && !address.starts_with("//"));
  }

  std::string_view rest_;
  std::vector<std::string> open_;
  std::string complaint_;
};

inline std::string complaint_about(std::string_view html) { return MarkupReader(html).complaint(); }

}  // namespace foyer::forum::samples
