#include "server/http/problem.hpp"

#include "protocol/codec.hpp"

namespace foyer::http {
namespace {

constexpr int default_retry_seconds = 2;

}  // namespace

Response problem(const Error& error) {
  Response response{http_status(error.code), {}, codec::encode_problem(error)};
  response.add("Content-Type", "application/problem+json");
  add_refusal_headers(error, response);
  return response;
}

void add_refusal_headers(const Error& error, Response& response) {
  if (response.status == 429 || response.status == 503) {
    response.set("Retry-After", std::to_string(error.retry_after_seconds.value_or(default_retry_seconds)));
  }
  if (response.status == 401) {
    response.set("WWW-Authenticate", "Bearer");
  }
}

Error not_found() { return refused(ErrorCode::not_found, "There is nothing at this address."); }

}  // namespace foyer::http
