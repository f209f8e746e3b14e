// Refusals as RFC 9457 problem documents.
#pragma once

#include "protocol/errors.hpp"
#include "server/http/message.hpp"

namespace foyer::http {

Response problem(const Error& error);

// The fields that a refusal carries whatever its body: Retry-After, WWW-Authenticate.
void add_refusal_headers(const Error& error, Response& response);

Error not_found();  // "There is nothing at this address."

}  // namespace foyer::http
