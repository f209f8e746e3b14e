#include "protocol/json_document.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/value_stack.hpp>

#include "protocol/limits.hpp"

namespace foyer::codec {
namespace {

using boost::json::error_code;
using boost::json::string_view;

// Builds the tree and counts the names it was given: a tree with fewer names than that had one twice.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = boost::json::object::max_size();
  static constexpr std::size_t max_array_size = boost::json::array::max_size();
  static constexpr std::size_t max_key_size = boost::json::string::max_size();
  static constexpr std::size_t max_string_size = boost::json::string::max_size();

  boost::json::value release() { return stack_.release(); }
  std::size_t names() const { return names_; }
  // The field of the outermost object that was being read, for the refusal.
  const std::string& field() const { return field_; }

  bool on_document_begin(error_code&) {
    stack_.reset();
    return true;
  }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    ++depth_;
    return true;
  }
  bool on_object_end(std::size_t count, error_code&) {
    --depth_;
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(error_code&) {
    ++depth_;
    return true;
  }
  bool on_array_end(std::size_t count, error_code&) {
    --depth_;
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(string_view text, std::size_t, error_code&) {
    stack_.push_chars(text);
    if (depth_ == 1) {
      begun_field_.append(text.data(), text.size());
    }
    return true;
  }
  bool on_key(string_view text, std::size_t, error_code&) {
    ++names_;
    stack_.push_key(text);
    if (depth_ == 1) {
      begun_field_.append(text.data(), text.size());
      field_ = std::exchange(begun_field_, {});
    }
    return true;
  }
  bool on_string_part(string_view text, std::size_t, error_code&) {
    stack_.push_chars(text);
    return true;
  }
  bool on_string(string_view text, std::size_t, error_code&) {
    stack_.push_string(text);
    return true;
  }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, string_view, error_code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, string_view, error_code&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, string_view, error_code&) {
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool truth, error_code&) {
    stack_.push_bool(truth);
    return true;
  }
  bool on_null(error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  boost::json::value_stack stack_;
  std::size_t names_ = 0;
  int depth_ = 0;
  std::string begun_field_;
  std::string field_;
};

// Recursion is bounded by limits::json_depth.
std::size_t names_in(const boost::json::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      count += 1 + names_in(member.value());
    }
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) {
      count += names_in(item);
    }
  }
  return count;
}

std::string_view reason_of(const error_code& failure) {
  using boost::json::error;
  if (failure == error::incomplete) {
    return "the JSON document ends too early";
  }
  if (failure == error::too_deep) {
    return "the JSON document is nested too deeply";
  }
  if (failure == error::illegal_leading_surrogate || failure == error::illegal_trailing_surrogate) {
    return "a \\u escape is half of a surrogate pair";
  }
  if (failure == error::exponent_overflow) {
    return "a number's exponent is too large";
  }
  return "not a JSON document in UTF-8";
}

Error unreadable(std::string_view reason, std::size_t offset, const std::string& field) {
  std::string detail(reason);
  detail += " (at byte " + std::to_string(offset);
  // A longer name is not one of ours, and would only echo the sender's noise.
  constexpr std::size_t longest_echo = 40;
  if (!field.empty() && field.size() <= longest_echo) {
    detail += ", in \"" + field + "\"";
  }
  return refused(ErrorCode::bad_request, detail + ")");
}

}  // namespace

Result<boost::json::value> parse_document(std::string_view json) {
  boost::json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::json::basic_parser<TreeBuilder> parser(options);
  error_code error;
  const std::size_t end = parser.write_some(false, json.data(), json.size(), error);
  if (error) {
    return unreadable(reason_of(error), end, parser.handler().field());
  }
  if (end != json.size()) {
    return unreadable("something follows the JSON document", end, "");
  }
  boost::json::value document = parser.handler().release();
  if (names_in(document) != parser.handler().names()) {
    return refused(ErrorCode::bad_request, "a field is given twice");
  }
  return document;
}

}  // namespace foyer::codec
