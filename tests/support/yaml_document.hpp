// Reads docs/*.yaml for tests that hold the code to them. It knows the part of YAML those files keep to (blocks by
// indentation, flow lists and maps on one line, quoted and plain scalars, folded text with >-) and throws on
// anything else, so that a file it reads means the same to every YAML reader.
#pragma once

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace foyer::testing {

class YamlDocument {
 public:
  static boost::json::value read(const std::string& path) {
    YamlDocument document;
    std::ifstream file(path);
    if (!file) {
      throw std::runtime_error("cannot read " + path);
    }
    for (std::string text; std::getline(file, text);) {
      const std::size_t indent = text.find_first_not_of(' ');
      if (indent != std::string::npos && text[indent] != '#') {
        document.lines_.push_back({indent, text.substr(indent)});
      }
    }
    boost::json::value value = document.block(0);
    document.demand(document.at_ == document.lines_.size(), "indentation");
    return value;
  }

 private:
  struct Line {
    std::size_t indent;
    std::string text;
  };

  void demand(bool held, const std::string& what) const {
    if (!held) {
      throw std::runtime_error(what + " near: " + (at_ < lines_.size() ? lines_[at_].text : std::string("the end")));
    }
  }

  bool goes_on(std::size_t indent) const { return at_ < lines_.size() && lines_[at_].indent == indent; }

  boost::json::value block(std::size_t indent) {
    demand(goes_on(indent), "indentation");
    return lines_[at_].text.starts_with("- ") ? boost::json::value(sequence(indent))
                                              : boost::json::value(mapping(indent));
  }

  boost::json::array sequence(std::size_t indent) {
    boost::json::array items;
    while (goes_on(indent) && lines_[at_].text.starts_with("- ")) {
      const std::string item = lines_[at_].text.substr(2);
      if (item.starts_with("{") || item.starts_with("[") || key_end(item) == std::string::npos) {
        items.push_back(inline_value(item));
        ++at_;
      } else {  // a mapping that starts behind the dash
        lines_[at_] = {indent + 2, item};
        items.push_back(mapping(indent + 2));
      }
    }
    return items;
  }

  boost::json::object mapping(std::size_t indent) {
    boost::json::object fields;
    while (goes_on(indent) && !lines_[at_].text.starts_with("- ")) {
      const std::string line = lines_[at_].text;
      const std::size_t end = key_end(line);
      demand(end != std::string::npos, "a key");
      const std::string key = unquoted(line.substr(0, end));
      const std::string rest = line.size() > end + 2 ? line.substr(end + 2) : "";
      demand(!fields.contains(key), "a key of its own");
      ++at_;
      fields[key] = value_of_key(rest, indent);
    }
    return fields;
  }

  boost::json::value value_of_key(const std::string& rest, std::size_t indent) {
    if (rest == ">-") {
      return boost::json::value(folded(indent));
    }
    if (!rest.empty()) {
      return inline_value(rest);
    }
    demand(at_ < lines_.size() && lines_[at_].indent > indent, "a value");
    return block(lines_[at_].indent);
  }

  std::string folded(std::size_t indent) {
    std::string text;
    for (; at_ < lines_.size() && lines_[at_].indent > indent; ++at_) {
      text += (text.empty() ? "" : " ") + lines_[at_].text;
    }
    return text;
  }

  // Where the colon stands that ends a key, or npos.
  static std::size_t key_end(std::string_view line) {
    const std::size_t from = line.starts_with('\'') ? line.find('\'', 1) : 0;
    const std::size_t colon = line.find(": ", from);
    return colon != std::string_view::npos || !line.ends_with(':') ? colon : line.size() - 1;
  }

  static std::string unquoted(const std::string& text) {
    return text.starts_with('\'') ? text.substr(1, text.size() - 2) : text;
  }

  boost::json::value inline_value(std::string_view text) const {
    std::size_t at = 0;
    boost::json::value value = flow(text, at, text.starts_with('[') || text.starts_with('{'));
    demand(at == text.size(), "the end of a value");
    return value;
  }

  static void skip_spaces(std::string_view text, std::size_t& at) {
    while (at < text.size() && text[at] == ' ') {
      ++at;
    }
  }

  boost::json::value flow(std::string_view text, std::size_t& at, bool within) const {
    demand(at < text.size(), "a value");
    switch (text[at]) {
      case '[':
        return flow_sequence(text, at);
      case '{':
        return flow_mapping(text, at);
      case '\'':
        return boost::json::value(quoted(text, at));
      default:
        return plain(text, at, within);
    }
  }

  boost::json::value flow_sequence(std::string_view text, std::size_t& at) const {
    boost::json::array items;
    for (skip_spaces(text, ++at); at < text.size() && text[at] != ']'; skip_spaces(text, at)) {
      items.push_back(flow(text, at, true));
      next_item(text, at, ']');
    }
    ++at;
    return items;
  }

  boost::json::value flow_mapping(std::string_view text, std::size_t& at) const {
    boost::json::object fields;
    for (skip_spaces(text, ++at); at < text.size() && text[at] != '}'; skip_spaces(text, at)) {
      const std::size_t colon = text.find(": ", at);
      demand(colon != std::string_view::npos, "a key");
      const std::string key = unquoted(std::string(text.substr(at, colon - at)));
      at = colon + 2;
      demand(!fields.contains(key), "a key of its own");
      fields[key] = flow(text, at, true);
      next_item(text, at, '}');
    }
    ++at;
    return fields;
  }

  void next_item(std::string_view text, std::size_t& at, char end) const {
    skip_spaces(text, at);
    demand(at < text.size() && (text[at] == ',' || text[at] == end), "a comma");
    at += text[at] == ',' ? 1 : 0;
  }

  std::string quoted(std::string_view text, std::size_t& at) const {
    const std::size_t end = text.find('\'', at + 1);
    demand(end != std::string_view::npos && (end + 1 == text.size() || text[end + 1] != '\''), "a plain quoted text");
    const std::string content(text.substr(at + 1, end - at - 1));
    at = end + 1;
    return content;
  }

  boost::json::value plain(std::string_view text, std::size_t& at, bool within) const {
    std::size_t end = within ? std::min(text.find_first_of(",]}", at), text.size()) : text.size();
    const std::size_t next = end;
    while (end > at && text[end - 1] == ' ') {
      --end;
    }
    const std::string_view scalar = text.substr(at, end - at);
    demand(!scalar.empty() && scalar.find(": ") == scalar.npos && scalar.find(" #") == scalar.npos &&
               std::string_view("\"&*!|>%@`").find(scalar.front()) == std::string_view::npos,
           "a scalar");
    at = next;
    return typed(scalar);
  }

  static boost::json::value typed(std::string_view scalar) {
    if (scalar == "null" || scalar == "true" || scalar == "false") {
      return boost::json::parse(scalar);
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(scalar.data(), scalar.data() + scalar.size(), number);
    if (error == std::errc{} && end == scalar.data() + scalar.size()) {
      return number;
    }
    return boost::json::value(scalar);
  }

  std::vector<Line> lines_;
  std::size_t at_ = 0;
};

}  // namespace foyer::testing
