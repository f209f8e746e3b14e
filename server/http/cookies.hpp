// The cookies of Foyer: the session, and the theme that a browser was asked to show. On https the session's name has
// the __Host- prefix, so that no neighbouring subdomain can plant one. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::http {

enum class Transport { plain, secure };

std::string_view session_cookie_name(Transport transport);

// The value of the first cookie of that name in all Cookie fields; "" when there is none or when it is not of
// the letters that our tokens are made of.
std::string cookie_value(const Headers& headers, std::string_view name);

std::string session_cookie(Transport transport, std::string_view token);  // the value of Set-Cookie
std::string ended_session_cookie(Transport transport);

// "system", "light" and "dark"; an unknown word is nothing.
std::string_view to_word(pages::Theme theme);
std::optional<pages::Theme> theme_from_word(std::string_view word);

// Theme::system unless a cookie names another one.
pages::Theme theme_of(const Headers& headers);
// The value of Set-Cookie; for Theme::system it takes the cookie away.
std::string theme_cookie(Transport transport, pages::Theme theme);

}  // namespace foyer::http
