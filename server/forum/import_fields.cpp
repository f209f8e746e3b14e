#include "server/forum/import_fields.hpp"

#include <algorithm>

#include <boost/json/parse.hpp>

#include "protocol/limits.hpp"
#include "protocol/timestamp.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

std::string indexed(const std::string& path, std::size_t index) { return path + "[" + std::to_string(index) + "]"; }

// Files come from many hands: a stray line end or tab within a line is a space here, not a mistake.
std::string in_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char character) { return character == '\n' || character == '\t' || character == '\r'; }, ' ');
  return text;
}

std::string checked(Result<std::string> text, const std::string& path) {
  if (!text) {
    throw BadField(path, text.error().detail);
  }
  return std::move(*text);
}

std::string text_of(const boost::json::value& value, const std::string& path, std::size_t max_characters) {
  const auto* text = value.if_string();
  if (!text) {
    throw BadField(path, "must be a string");
  }
  return checked(checked_line(in_one_line(std::string(text->data(), text->size())), path, max_characters), path);
}

}  // namespace

boost::json::object parse_import_line(std::string_view line) {
  boost::json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::system::error_code error;
  boost::json::value document = boost::json::parse(line, error, {}, options);
  if (error) {
    throw BadField("(line)", "not JSON in UTF-8");
  }
  if (!document.is_object()) {
    throw BadField("(line)", "must be an object");
  }
  return std::move(document.get_object());
}

std::string ImportFields::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

const boost::json::value* ImportFields::find(std::string_view name) const {
  const boost::json::value* value = object_.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

const boost::json::array* ImportFields::find_list(std::string_view name) const {
  const boost::json::value* value = find(name);
  if (!value) {
    return nullptr;
  }
  if (!value->is_array()) {
    throw BadField(path_of(name), "must be a list");
  }
  if (value->get_array().size() > limits::import_list_items) {
    throw BadField(path_of(name), "has more than " + std::to_string(limits::import_list_items) + " items");
  }
  return &value->get_array();
}

std::string ImportFields::text(std::string_view name, std::size_t max_characters) const {
  const boost::json::value* value = find(name);
  if (!value || (value->is_string() && value->get_string().empty())) {
    return "";
  }
  return text_of(*value, path_of(name), max_characters);
}

std::string ImportFields::required_text(std::string_view name, std::size_t max_characters) const {
  std::string found = text(name, max_characters);
  if (found.empty()) {
    throw BadField(path_of(name), "is missing");
  }
  return found;
}

std::string ImportFields::long_text(std::string_view name, std::size_t max_characters) const {
  const boost::json::value* value = find(name);
  if (!value || (value->is_string() && value->get_string().empty())) {
    return "";
  }
  const auto* text = value->if_string();
  if (!text) {
    throw BadField(path_of(name), "must be a string");
  }
  return checked(checked_text(std::string_view(text->data(), text->size()), path_of(name), max_characters),
                 path_of(name));
}

std::optional<int> ImportFields::number(std::string_view name, int least, int most) const {
  const boost::json::value* value = find(name);
  if (!value) {
    return std::nullopt;
  }
  if (!value->is_int64()) {
    throw BadField(path_of(name), "must be a whole number");
  }
  const std::int64_t number = value->get_int64();
  if (number < least || number > most) {
    throw BadField(path_of(name), "must be from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return static_cast<int>(number);
}

std::string ImportFields::date(std::string_view name) const {
  std::string day = text(name, 40);
  if (!day.empty() && (day.size() != 10 || !from_rfc3339(day + "T00:00:00.000Z"))) {
    throw BadField(path_of(name), "must be a day like 1957-10-12");
  }
  return day;
}

std::vector<std::string> ImportFields::texts(std::string_view name, std::size_t max_characters) const {
  std::vector<std::string> found;
  const boost::json::array* list = find_list(name);
  for (std::size_t index = 0; list && index < list->size(); ++index) {
    std::string item = text_of((*list)[index], indexed(path_of(name), index), max_characters);
    if (std::find(found.begin(), found.end(), item) == found.end()) {
      found.push_back(std::move(item));
    }
  }
  return found;
}

std::vector<boost::json::object> ImportFields::objects(std::string_view name, std::string_view bare) const {
  std::vector<boost::json::object> found;
  const boost::json::array* list = find_list(name);
  for (std::size_t index = 0; list && index < list->size(); ++index) {
    const boost::json::value& item = (*list)[index];
    if (item.is_object()) {
      found.push_back(item.get_object());
    } else if (item.is_string() && !bare.empty()) {
      found.push_back(boost::json::object{{bare, item}});
    } else {
      throw BadField(indexed(path_of(name), index), bare.empty() ? "must be an object" : "must be a name or an object");
    }
  }
  return found;
}

}  // namespace foyer::forum
