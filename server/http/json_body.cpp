#include "server/http/json_body.hpp"

#include <algorithm>

#include "server/forum/text_rules.hpp"

namespace foyer::http {
namespace {

bool names_other_charset(std::string_view content_type) {
  std::string squeezed;
  std::ranges::copy_if(content_type, std::back_inserter(squeezed),
                       [](char letter) { return letter != ' ' && letter != '\t' && letter != '"'; });
  const std::size_t semicolon = squeezed.find(';');
  if (semicolon == std::string::npos) {
    return false;
  }
  const std::string_view parameters = std::string_view(squeezed).substr(semicolon + 1);
  return !parameters.empty() && !equal_ignoring_case(parameters, "charset=utf-8") &&
         !equal_ignoring_case(parameters, "charset=utf8");
}

}  // namespace

Result<std::string_view> json_body(const Request& request) {
  if (request.media_type() != "application/json" || names_other_charset(*request.header("Content-Type"))) {
    return refused(ErrorCode::unsupported_media_type, "The body must be application/json in UTF-8.");
  }
  return std::string_view(request.body);
}

Result<void> no_fields(const Request& request) {
  std::string squeezed;
  std::ranges::copy_if(request.body, std::back_inserter(squeezed),
                       [](char letter) { return letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n'; });
  if (squeezed.empty() || squeezed == "{}") {
    return {};
  }
  return invalid_field("(document)", "unknown", "this call takes no fields");
}

Result<std::string> idempotency_key(const Request& request) {
  const auto key = request.header("Idempotency-Key");
  if (!key) {
    return std::string();
  }
  if (count_headers(request.headers, "Idempotency-Key") > 1) {
    return invalid_field("idempotency_key", "repeated", "must be given once");
  }
  return forum::checked_idempotency_key(*key);
}

}  // namespace foyer::http
