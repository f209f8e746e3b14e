// Text from outside becomes a tree here, or a refusal that says where it went wrong. Stricter than Boost.JSON
// by itself: a field given twice is refused, as two readers could then disagree about what was said. Used by
// the codec only.
#pragma once

#include <string_view>

#include <boost/json/value.hpp>

#include "protocol/result.hpp"

namespace foyer::codec {

// Fails with bad_request (400) on syntax errors, invalid UTF-8, raw control characters, lone surrogates, nesting
// beyond limits::json_depth, a field given twice and anything after the document.
Result<boost::json::value> parse_document(std::string_view json);

}  // namespace foyer::codec
