#include "server/http/cookies.hpp"

#include <algorithm>
#include <chrono>

#include "protocol/limits.hpp"

namespace foyer::http {
namespace {

constexpr std::size_t longest_token = 128;
constexpr std::string_view theme_name = "foyer_theme";
// Browsers keep no cookie longer (RFC 6265bis, 400 days).
constexpr std::chrono::seconds theme_life = std::chrono::days(400);

bool looks_like_token(std::string_view text) {
  return text.size() <= longest_token && std::ranges::all_of(text, [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                  (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
         });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

std::string attributes(Transport transport, std::chrono::seconds life) {
  std::string text = "; Path=/; Max-Age=" + std::to_string(life.count()) + "; HttpOnly; SameSite=Lax";
  if (transport == Transport::secure) {
    text += "; Secure";
  }
  return text;
}

}  // namespace

std::string_view session_cookie_name(Transport transport) {
  return transport == Transport::secure ? "__Host-foyer_session" : "foyer_session";
}

std::string cookie_value(const Headers& headers, std::string_view name) {
  for (const Header& field : headers) {
    if (!equal_ignoring_case(field.first, "Cookie")) {
      continue;
    }
    std::string_view rest = field.second;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) {
        const std::string_view value = pair.substr(name.size() + 1);
        return looks_like_token(value) ? std::string(value) : std::string();
      }
    }
  }
  return {};
}

std::string session_cookie(Transport transport, std::string_view token) {
  return std::string(session_cookie_name(transport)) + "=" + std::string(token) +
         attributes(transport, std::chrono::duration_cast<std::chrono::seconds>(limits::session_life));
}

std::string ended_session_cookie(Transport transport) {
  return std::string(session_cookie_name(transport)) + "=" + attributes(transport, std::chrono::seconds{0});
}

std::string_view to_word(pages::Theme theme) {
  switch (theme) {
    case pages::Theme::light:
      return "light";
    case pages::Theme::dark:
      return "dark";
    case pages::Theme::system:
      break;
  }
  return "system";
}

std::optional<pages::Theme> theme_from_word(std::string_view word) {
  for (const pages::Theme theme : {pages::Theme::system, pages::Theme::light, pages::Theme::dark}) {
    if (word == to_word(theme)) {
      return theme;
    }
  }
  return std::nullopt;
}

pages::Theme theme_of(const Headers& headers) {
  return theme_from_word(cookie_value(headers, theme_name)).value_or(pages::Theme::system);
}

std::string theme_cookie(Transport transport, pages::Theme theme) {
  const bool chosen = theme != pages::Theme::system;
  return std::string(theme_name) + "=" + std::string(chosen ? to_word(theme) : "") +
         attributes(transport, chosen ? theme_life : std::chrono::seconds{0});
}

}  // namespace foyer::http
