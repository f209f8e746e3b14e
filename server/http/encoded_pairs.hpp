// Percent-encoded text from addresses and forms: path segments, queries and application/x-www-form-urlencoded
// bodies, which all reach the handlers decoded and checked: valid UTF-8 without NUL. Pure functions.
// Queries have a decoder of their own because browsers send '|', '[' or '{' as typed and Boost.URL refuses them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/result.hpp"

namespace foyer::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Pairs in their order. A broken escape is bad_request, invalid UTF-8 or a NUL is invalid; the field is named.
Result<Pairs> decode_pairs(std::string_view encoded);

// Empty for a broken escape, invalid UTF-8 or a NUL. '+' stays a plus.
std::optional<std::string> decode_segment(std::string_view encoded);

// Everything but unreserved characters becomes %XX: for values in a query and for path segments.
std::string encode_component(std::string_view text);

bool valid_utf8(std::string_view text);

// The first value of that name; "" when there is none.
std::string first_value(const Pairs& pairs, std::string_view name);

}  // namespace foyer::http
