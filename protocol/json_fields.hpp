// Reads the fields of one JSON object into plain values and collects what is wrong, so that a client hears of
// all its mistakes at once, each by the path of its field ("film_ids[2]"). A getter that meets a mistake notes it
// and returns an empty value; the caller looks at the errors once, at the end. For optional fields null counts as
// absent. Used by the codec only.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>

#include "protocol/ids.hpp"
#include "protocol/json_document.hpp"
#include "protocol/limits.hpp"
#include "protocol/result.hpp"
#include "protocol/timestamp.hpp"

namespace foyer::codec {

// Both ends belong to the range.
struct Range {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};
inline constexpr Range positive{1, std::numeric_limits<std::int64_t>::max()};
inline constexpr Range not_negative{0, std::numeric_limits<std::int64_t>::max()};
inline constexpr Range scores{limits::lowest_score, limits::highest_score};
inline constexpr Range any_int{std::numeric_limits<int>::min(), std::numeric_limits<int>::max()};
inline constexpr Range positive_int{1, std::numeric_limits<int>::max()};
// What a JavaScript number holds exactly: frame ids come from browsers and are echoed to them.
inline constexpr Range frame_ids{0, std::int64_t{1} << 53};

class FieldErrors {
 public:
  // Beyond the first 20 errors are dropped: one document may hold thousands.
  void add(std::string field, std::string_view code, std::string_view message);
  bool empty() const { return errors_.empty(); }
  // ErrorCode::invalid with all fields; the first one also in the detail.
  Error to_error() &&;

 private:
  std::vector<FieldError> errors_;
};

class Fields {
 public:
  // The object and the errors must outlive the reader.
  Fields(const boost::json::object& object, std::string path, FieldErrors& errors)
      : object_(object), path_(std::move(path)), errors_(errors) {}
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  // For requests where null means something: whether the field is there at all, and as null. Both ask for it.
  bool given(std::string_view name);
  bool is_null(std::string_view name);

  std::string text(std::string_view name);
  std::optional<std::string> optional_text(std::string_view name);
  std::vector<std::string> texts(std::string_view name);
  std::int64_t integer(std::string_view name, Range range);
  std::optional<std::int64_t> optional_integer(std::string_view name, Range range);
  std::optional<int> optional_int(std::string_view name, Range range = any_int);
  std::optional<bool> optional_flag(std::string_view name);
  bool flag(std::string_view name);
  Timestamp time(std::string_view name);
  std::optional<Timestamp> optional_time(std::string_view name);

  template <class Id>
  Id id(std::string_view name, Range range = positive) {
    return Id{integer(name, range)};
  }
  template <class Id>
  std::optional<Id> optional_id(std::string_view name, Range range = positive) {
    const auto number = optional_integer(name, range);
    return number ? std::optional(Id{*number}) : std::nullopt;
  }
  template <class Id>
  std::optional<std::vector<Id>> optional_ids(std::string_view name) {
    const auto numbers = optional_integers(name, positive);
    if (!numbers) {
      return std::nullopt;
    }
    std::vector<Id> found;
    found.reserve(numbers->size());
    for (const std::int64_t number : *numbers) {
      found.push_back(Id{number});
    }
    return found;
  }
  template <class Id>
  std::vector<Id> ids(std::string_view name) {
    require(name);
    return optional_ids<Id>(name).value_or(std::vector<Id>{});
  }

  // A text that `from_text` turns into a value; when it cannot, the field is out_of_range and `expected` says
  // what would have been right.
  template <class FromText>
  auto word(std::string_view name, FromText from_text, std::string_view expected) {
    using Value = typename std::invoke_result_t<FromText, std::string_view>::value_type;
    const auto written = optional_text(name);
    if (!written) {
      require(name);
      return Value{};
    }
    const std::optional<Value> value = from_text(*written);
    if (!value) {
      note(name, "out_of_range", expected);
    }
    return value.value_or(Value{});
  }

  // Objects within: `read` gets a reader of its own for each.
  void object(std::string_view name, const std::function<void(Fields&)>& read);
  // Does nothing and returns false when the field is absent or null.
  bool optional_object(std::string_view name, const std::function<void(Fields&)>& read);
  void objects(std::string_view name, const std::function<void(Fields&)>& read);

  // Notes every field that no getter asked for. Requests only: readers of answers ignore what they do not know.
  void refuse_unknown();
  // Notes that a field's value is wrong for a reason the getters do not know.
  void note(std::string_view name, std::string_view code, std::string_view message);

 private:
  const boost::json::value* find(std::string_view name);
  void require(std::string_view name);
  std::string path_of(std::string_view name) const;
  std::optional<std::vector<std::int64_t>> optional_integers(std::string_view name, Range range);

  const boost::json::object& object_;
  std::string path_;
  FieldErrors& errors_;
  std::vector<std::string_view> known_;  // names are literals
};

// Lets `read` make the value of a document that must be one object.
template <class Value>
Result<Value> read_object(const boost::json::value& document, const std::function<Value(Fields&)>& read) {
  FieldErrors errors;
  const auto* object = document.if_object();
  if (!object) {
    errors.add("(document)", "wrong_type", "must be an object");
    return std::move(errors).to_error();
  }
  Fields fields(*object, "", errors);
  Value value = read(fields);
  if (!errors.empty()) {
    return std::move(errors).to_error();
  }
  return value;
}

template <class Value>
Result<Value> decode_object(std::string_view json, const std::function<Value(Fields&)>& read) {
  const Result<boost::json::value> document = parse_document(json);
  if (!document) {
    return document.error();
  }
  return read_object<Value>(*document, read);
}

}  // namespace foyer::codec
