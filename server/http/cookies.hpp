// The one cookie of Foyer: the session. On https its name has the __Host- prefix, so that no neighbouring
// subdomain can plant one. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace foyer::http {

enum class Transport { plain, secure };

std::string_view session_cookie_name(Transport transport);

// The value of the first cookie of that name in all Cookie fields; "" when there is none or when it is not of
// the letters that our tokens are made of.
std::string cookie_value(const Headers& headers, std::string_view name);

std::string session_cookie(Transport transport, std::string_view token);  // the value of Set-Cookie
std::string ended_session_cookie(Transport transport);

}  // namespace foyer::http
