// The request line and fields of a request, parsed by Beast. Alone it is not safe: Beast 1.81 takes malformed
// requests, so only admission.cpp calls it. The one file of this folder that instantiates Beast is its .cpp.
#pragma once

#include <string>
#include <string_view>

#include "protocol/result.hpp"
#include "server/http/message.hpp"

namespace foyer::http {

struct RequestHead {
  std::string method;
  std::string target;
  int version = 11;  // 10 or 11
  Headers headers;   // in their order, values trimmed
};

// `raw` ends with the empty line. bad_request when Beast cannot read it.
Result<RequestHead> parse_head(std::string_view raw);

}  // namespace foyer::http
