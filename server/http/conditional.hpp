// Answers to "only if it changed": a page gets an ETag of its bytes, and a reader who has them gets 304. Pure.
#pragma once

#include "server/http/message.hpp"

namespace foyer::http {

// Only for 200 answers to GET and HEAD; keeps an ETag that is there already.
void answer_if_changed(const Request& request, Response& response);

}  // namespace foyer::http
