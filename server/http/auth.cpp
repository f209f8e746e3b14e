#include "server/http/auth.hpp"

#include <algorithm>

#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

constexpr std::size_t longest_bearer_token = 256;

std::string bearer_token(const Headers& headers) {
  const std::string_view value = find_header(headers, "Authorization").value_or("");
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos || !equal_ignoring_case(value.substr(0, space), "Bearer")) {
    return {};
  }
  std::string_view token = value.substr(space);
  token.remove_prefix(std::min(token.find_first_not_of(' '), token.size()));
  const bool plain = std::ranges::all_of(token, [](char letter) { return letter > 0x20 && letter < 0x7F; });
  if (!plain || token.size() > longest_bearer_token) {
    return "malformed";  // nobody's token: refused as such, not taken for a guest
  }
  return std::string(token);
}

// What is no number is nobody's.
std::optional<UserId> member_of(const Headers& headers) {
  const auto value = find_header(headers, "Foyer-Member");
  if (!value) {
    return std::nullopt;
  }
  return UserId{integer_from_text(*value).value_or(0)};
}

bool is_own(std::string_view origin_field, const Origin& own) {
  const auto origin = origin_from_string(origin_field);
  return origin && same_origin(*origin, own);
}

Error foreign() { return refused(ErrorCode::cross_origin, "The request came from a page of another site."); }

}  // namespace

forum::Proof proof_of(const Headers& headers, Transport transport) {
  return forum::Proof{cookie_value(headers, session_cookie_name(transport)), bearer_token(headers), member_of(headers)};
}

Result<void> check_cross_origin(const Headers& headers, const forum::Proof& proof, const Origin& own) {
  if (proof.session_token.empty() && !proof.bearer_token.empty()) {
    return {};
  }
  const auto site = find_header(headers, "Sec-Fetch-Site");
  if (site && !equal_ignoring_case(*site, "same-origin") && !equal_ignoring_case(*site, "none")) {
    return foreign();
  }
  const auto origin = find_header(headers, "Origin");
  if (origin && (count_headers(headers, "Origin") > 1 || !is_own(*origin, own))) {
    return foreign();
  }
  return {};
}

Result<forum::Proof> proof_of_upgrade(const Headers& headers, Transport transport, const Origin& own) {
  forum::Proof proof = proof_of(headers, transport);
  const auto origin = find_header(headers, "Origin");
  if (!origin) {
    proof.session_token.clear();
    return proof;
  }
  if (count_headers(headers, "Origin") > 1 || !is_own(*origin, own)) {
    return foreign();
  }
  return proof;
}

}  // namespace foyer::http
