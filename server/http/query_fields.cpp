#include "server/http/query_fields.hpp"

#include <algorithm>
#include <charconv>

#include "protocol/limits.hpp"

namespace foyer::http {
namespace {

constexpr std::size_t most_errors = 20;
constexpr std::size_t longest_name = 100;

}  // namespace

std::optional<std::int64_t> integer_from_text(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

void QueryFields::note(std::string field, std::string code, std::string message) {
  if (errors_.size() < most_errors) {
    errors_.push_back(FieldError{std::move(field), std::move(code), std::move(message)});
  }
}

std::optional<std::string> QueryFields::find(std::string_view name) {
  known_.push_back(name);
  const auto is_it = [&](const auto& pair) { return pair.first == name; };
  const auto found = std::ranges::find_if(pairs_, is_it);
  if (found == pairs_.end()) {
    return std::nullopt;
  }
  if (std::any_of(std::next(found), pairs_.end(), is_it)) {
    note(std::string(name), "repeated", "must be given once");
  }
  return found->second;
}

std::string QueryFields::text(std::string_view name) { return find(name).value_or(""); }

std::optional<std::int64_t> QueryFields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto given = find(name);
  if (!given) {
    return std::nullopt;
  }
  const auto number = integer_from_text(*given);
  if (!number) {
    note(std::string(name), "wrong_type", "must be an integer");
    return std::nullopt;
  }
  if (*number < least || *number > most) {
    note(std::string(name), "out_of_range", "must be from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return number;
}

int QueryFields::limit() {
  return static_cast<int>(integer("limit", 1, limits::page_items_max).value_or(limits::page_items_default));
}

forum::ListRequest QueryFields::list() {
  forum::ListRequest request;
  request.after = find("after");
  request.limit = limit();
  return request;
}

Result<void> QueryFields::finish() {
  for (const auto& pair : pairs_) {
    if (std::ranges::find(known_, pair.first) == known_.end()) {
      const bool short_name = pair.first.size() <= longest_name;
      note(short_name ? pair.first : "(name)", "unknown", "is not known here");
    }
  }
  if (errors_.empty()) {
    return {};
  }
  Error error = refused(ErrorCode::invalid, errors_.front().field + " " + errors_.front().message + ".");
  error.fields = std::move(errors_);
  return error;
}

Result<void> no_parameters(const Pairs& pairs) { return QueryFields(pairs).finish(); }

}  // namespace foyer::http
