// Answers to "only if it changed": a page gets an ETag of its bytes, and a reader who has them gets 304. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace foyer::http {

// Weak, as a page has several forms and a proxy may make more. The hash tells one version of one page from another; it
// need not resist anybody.
std::string entity_tag(std::string_view bytes);
// Whether a list of an If-None-Match field names the tag.
bool names_tag(std::string_view list, std::string_view tag);

// Only for 200 answers to GET and HEAD; keeps an ETag that is there already.
void answer_if_changed(const Request& request, Response& response);

}  // namespace foyer::http
