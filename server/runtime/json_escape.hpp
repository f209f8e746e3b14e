// Text as the inside of a JSON string, for log lines. Bytes that are not UTF-8 become U+FFFD, so that a line is
// always valid JSON whatever a client sent.
#pragma once

#include <string>
#include <string_view>

namespace foyer::runtime {

void append_json_escaped(std::string& out, std::string_view text);

}  // namespace foyer::runtime
