// Reads the query of an API call and collects what is wrong with it: unknown names, names given twice, values
// of the wrong form. Pages read theirs leniently and do not use this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/result.hpp"
#include "server/forum/cursor.hpp"
#include "server/http/encoded_pairs.hpp"

namespace foyer::http {

// Decimal digits with an optional minus, the whole text; empty when it is anything else.
std::optional<std::int64_t> integer_from_text(std::string_view text);

class QueryFields {
 public:
  explicit QueryFields(const Pairs& pairs) : pairs_(pairs) {}  // which must outlive the reader
  QueryFields(const QueryFields&) = delete;
  QueryFields& operator=(const QueryFields&) = delete;

  std::string text(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
  template <class Id>
  std::optional<Id> id(std::string_view name) {
    const auto number = integer(name, 1, INT64_MAX);
    return number ? std::optional(Id{*number}) : std::nullopt;
  }
  int limit();                // limit=, 1 to limits::page_items_max
  forum::ListRequest list();  // after= and limit=

  // Call last: also notes the names that nobody asked for.
  Result<void> finish();

 private:
  std::optional<std::string> find(std::string_view name);
  void note(std::string field, std::string code, std::string message);

  const Pairs& pairs_;
  std::vector<std::string_view> known_;  // names are literals
  std::vector<FieldError> errors_;
};

// For calls that take no parameters.
Result<void> no_parameters(const Pairs& pairs);

}  // namespace foyer::http
