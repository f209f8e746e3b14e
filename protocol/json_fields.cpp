#include "protocol/json_fields.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include <boost/json/array.hpp>

namespace foyer::codec {
namespace {

constexpr std::size_t most_errors = 20;
constexpr std::size_t longest_name = 100;

// A name from outside is echoed in the answer; an endless one is cut, between two characters.
std::string shortened(std::string name) {
  if (name.size() > longest_name) {
    std::size_t end = longest_name;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    name.resize(end);
    name += "…";
  }
  return name;
}

struct Mistake {
  std::string_view code;
  std::string message;
};

using Checked = std::variant<std::int64_t, Mistake>;

Mistake beyond(Range range) {
  return {"out_of_range", "must be from " + std::to_string(range.least) + " to " + std::to_string(range.most)};
}

Checked checked_integer(const boost::json::value& value, Range range) {
  if (value.is_uint64()) {  // only beyond 2^63
    return beyond(range);
  }
  if (const double* number = value.if_double()) {
    constexpr double int64_end = 9223372036854775808.0;  // Boost.JSON reads longer integers as doubles
    return std::abs(*number) >= int64_end ? beyond(range) : Mistake{"wrong_type", "must be an integer"};
  }
  const std::int64_t* number = value.if_int64();
  if (!number) {
    return Mistake{"wrong_type", "must be an integer"};
  }
  if (*number < range.least || *number > range.most) {
    return beyond(range);
  }
  return *number;
}

std::optional<Mistake> mistake_in_text(const boost::json::value& value) {
  const auto* text = value.if_string();
  if (!text) {
    return Mistake{"wrong_type", "must be a string"};
  }
  if (std::string_view(text->data(), text->size()).find('\0') != std::string_view::npos) {
    return Mistake{"invalid_text", "must not contain a NUL character"};
  }
  return std::nullopt;
}

std::string indexed(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

}  // namespace

void FieldErrors::add(std::string field, std::string_view code, std::string_view message) {
  if (errors_.size() < most_errors) {
    errors_.push_back(FieldError{shortened(std::move(field)), std::string(code), std::string(message)});
  }
}

Error FieldErrors::to_error() && {
  std::string detail = errors_.front().field + ": " + errors_.front().message;
  if (errors_.size() > 1) {
    detail += " (and " + std::to_string(errors_.size() - 1) + " more)";
  }
  return Error{ErrorCode::invalid, std::move(detail), std::move(errors_), std::nullopt};
}

const boost::json::value* Fields::find(std::string_view name) {
  known_.push_back(name);
  const boost::json::value* value = object_.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

bool Fields::given(std::string_view name) {
  find(name);
  return object_.contains(name);
}

bool Fields::is_null(std::string_view name) { return find(name) == nullptr && object_.contains(name); }

std::string Fields::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void Fields::note(std::string_view name, std::string_view code, std::string_view message) {
  errors_.add(path_of(name), code, message);
}

void Fields::require(std::string_view name) {
  const boost::json::value* value = object_.if_contains(name);
  if (!value || value->is_null()) {
    note(name, "required", "is required");
  }
}

std::string Fields::text(std::string_view name) {
  require(name);
  return optional_text(name).value_or("");
}

std::optional<std::string> Fields::optional_text(std::string_view name) {
  const boost::json::value* value = find(name);
  if (!value) {
    return std::nullopt;
  }
  if (const auto mistake = mistake_in_text(*value)) {
    note(name, mistake->code, mistake->message);
    return std::nullopt;
  }
  const auto& text = value->get_string();
  return std::string(text.data(), text.size());
}

std::vector<std::string> Fields::texts(std::string_view name) {
  require(name);
  std::vector<std::string> found;
  const boost::json::value* value = find(name);
  const auto* array = value ? value->if_array() : nullptr;
  if (value && !array) {
    note(name, "wrong_type", "must be a list of strings");
  }
  for (std::size_t index = 0; array && index < array->size(); ++index) {
    const boost::json::value& item = (*array)[index];
    if (const auto mistake = mistake_in_text(item)) {
      note(indexed(name, index), mistake->code, mistake->message);
    } else {
      found.emplace_back(item.get_string().data(), item.get_string().size());
    }
  }
  return found;
}

std::int64_t Fields::integer(std::string_view name, Range range) {
  require(name);
  return optional_integer(name, range).value_or(0);
}

std::optional<std::int64_t> Fields::optional_integer(std::string_view name, Range range) {
  const boost::json::value* value = find(name);
  if (!value) {
    return std::nullopt;
  }
  const Checked checked = checked_integer(*value, range);
  if (const auto* mistake = std::get_if<Mistake>(&checked)) {
    note(name, mistake->code, mistake->message);
    return std::nullopt;
  }
  return std::get<std::int64_t>(checked);
}

std::optional<int> Fields::optional_int(std::string_view name, Range range) {
  const auto number = optional_integer(name, range);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<std::vector<std::int64_t>> Fields::optional_integers(std::string_view name, Range range) {
  const boost::json::value* value = find(name);
  if (!value) {
    return std::nullopt;
  }
  std::vector<std::int64_t> found;
  const auto* array = value->if_array();
  if (!array) {
    note(name, "wrong_type", "must be a list of integers");
    return found;
  }
  for (std::size_t index = 0; index < array->size(); ++index) {
    const Checked checked = checked_integer((*array)[index], range);
    if (const auto* mistake = std::get_if<Mistake>(&checked)) {
      note(indexed(name, index), mistake->code, mistake->message);
    } else {
      found.push_back(std::get<std::int64_t>(checked));
    }
  }
  return found;
}

std::optional<bool> Fields::optional_flag(std::string_view name) {
  const boost::json::value* value = find(name);
  if (!value) {
    return std::nullopt;
  }
  if (!value->is_bool()) {
    note(name, "wrong_type", "must be true or false");
    return std::nullopt;
  }
  return value->get_bool();
}

bool Fields::flag(std::string_view name) {
  require(name);
  return optional_flag(name).value_or(false);
}

Timestamp Fields::time(std::string_view name) {
  require(name);
  return optional_time(name).value_or(Timestamp{});
}

std::optional<Timestamp> Fields::optional_time(std::string_view name) {
  const auto written = optional_text(name);
  if (!written) {
    return std::nullopt;
  }
  const auto time = from_rfc3339(*written);
  if (!time) {
    note(name, "out_of_range", "must be a time like 2026-11-23T15:52:07.123Z");
  }
  return time;
}

void Fields::object(std::string_view name, const std::function<void(Fields&)>& read) {
  require(name);
  optional_object(name, read);
}

bool Fields::optional_object(std::string_view name, const std::function<void(Fields&)>& read) {
  const boost::json::value* value = find(name);
  if (!value) {
    return false;
  }
  const auto* object = value->if_object();
  if (!object) {
    note(name, "wrong_type", "must be an object");
    return false;
  }
  Fields within(*object, path_of(name), errors_);
  read(within);
  return true;
}

void Fields::objects(std::string_view name, const std::function<void(Fields&)>& read) {
  require(name);
  const boost::json::value* value = find(name);
  const auto* array = value ? value->if_array() : nullptr;
  if (value && !array) {
    note(name, "wrong_type", "must be a list of objects");
  }
  for (std::size_t index = 0; array && index < array->size(); ++index) {
    const auto* object = (*array)[index].if_object();
    if (!object) {
      note(indexed(name, index), "wrong_type", "must be an object");
      continue;
    }
    Fields within(*object, path_of(indexed(name, index)), errors_);
    read(within);
  }
}

void Fields::refuse_unknown() {
  for (const auto& member : object_) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      note(name, "unknown", "is not a field of this request");
    }
  }
}

}  // namespace foyer::codec
