#include "server/live/handshake.hpp"

#include <algorithm>
#include <cctype>

#include "protocol/codec.hpp"

namespace foyer::live {
namespace {

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char left, unsigned char right) { return std::tolower(left) == std::tolower(right); });
}

std::string_view without_spaces_around(std::string_view text) {
  const auto start = text.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view{}
                                         : text.substr(start, text.find_last_not_of(" \t") - start + 1);
}

bool lists_ours(std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (without_spaces_around(list.substr(0, comma)) == subprotocol) {
      return true;
    }
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace

Offer offered_subprotocol(const Headers& headers) {
  Offer offer = Offer::nothing;
  for (const auto& [name, value] : headers) {
    if (same_ignoring_case(name, "Sec-WebSocket-Protocol")) {
      if (lists_ours(value)) {
        return Offer::ours;
      }
      offer = Offer::only_others;
    }
  }
  return offer;
}

std::string refusal_response(const Error& error) {
  const std::string body = codec::encode_problem(error);
  std::string response = "HTTP/1.1 " + std::to_string(http_status(error.code)) + ' ' + std::string(title(error.code));
  response += "\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\nConnection: close\r\n";
  if (error.retry_after_seconds) {
    response += "Retry-After: " + std::to_string(*error.retry_after_seconds) + "\r\n";
  }
  response += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  return response;
}

}  // namespace foyer::live
