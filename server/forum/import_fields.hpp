// Reads the fields of one line of an import file. Unknown fields are ignored and unknown values may be left out or
// null; a wrong type is thrown as BadField and ends the line. Included by the import's .cpp files only.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace foyer::forum {

struct BadField : std::runtime_error {
  BadField(std::string name, const std::string& reason)
      : std::runtime_error(name + ": " + reason), field(std::move(name)) {}
  std::string field;
};

class ImportFields {
 public:
  // The object must outlive the reader.
  explicit ImportFields(const boost::json::object& object, std::string path = "")
      : object_(object), path_(std::move(path)) {}

  // One line of text in NFC, "" when absent. `required_text` refuses that.
  std::string text(std::string_view name, std::size_t max_characters) const;
  std::string required_text(std::string_view name, std::size_t max_characters) const;
  // Text of several lines.
  std::string long_text(std::string_view name, std::size_t max_characters) const;
  std::optional<int> number(std::string_view name, int least, int most) const;
  // "1957-10-12" or "".
  std::string date(std::string_view name) const;
  // Without repeats.
  std::vector<std::string> texts(std::string_view name, std::size_t max_characters) const;
  // Items are objects or, where `bare` names a field, strings that stand for it: {"name":"Mira"} or "Mira".
  std::vector<boost::json::object> objects(std::string_view name, std::string_view bare = {}) const;

  std::string path_of(std::string_view name) const;

 private:
  const boost::json::value* find(std::string_view name) const;
  const boost::json::array* find_list(std::string_view name) const;

  const boost::json::object& object_;
  std::string path_;
};

// The line as an object, or BadField.
boost::json::object parse_import_line(std::string_view line);

}  // namespace foyer::forum
