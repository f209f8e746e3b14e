// The body of an API call, for the codec.
#pragma once

#include <string>
#include <string_view>

#include "protocol/result.hpp"
#include "server/http/message.hpp"

namespace foyer::http {

// unsupported_media_type unless Content-Type is application/json, in UTF-8 if it names a charset.
Result<std::string_view> json_body(const Request& request);

// For calls without fields: nothing, or an empty object.
Result<void> no_fields(const Request& request);

// The checked Idempotency-Key; "" when there is none.
Result<std::string> idempotency_key(const Request& request);

}  // namespace foyer::http
