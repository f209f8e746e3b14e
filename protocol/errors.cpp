#include "protocol/errors.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace foyer {
namespace {

struct CodeFacts {
  ErrorCode code;
  int status;
  std::string_view word;
  std::string_view title;
};

constexpr std::array facts{
    CodeFacts{ErrorCode::bad_request, 400, "bad_request", "The request could not be read"},
    CodeFacts{ErrorCode::unauthenticated, 401, "unauthenticated", "Log in first"},
    CodeFacts{ErrorCode::wrong_credentials, 401, "wrong_credentials", "Name or password is wrong"},
    CodeFacts{ErrorCode::forbidden, 403, "forbidden", "Not allowed"},
    CodeFacts{ErrorCode::cross_origin, 403, "cross_origin", "The request came from another site"},
    CodeFacts{ErrorCode::not_found, 404, "not_found", "Not found"},
    CodeFacts{ErrorCode::method_not_allowed, 405, "method_not_allowed", "The method is not allowed here"},
    CodeFacts{ErrorCode::stale_revision, 409, "stale_revision", "The post has changed meanwhile"},
    CodeFacts{ErrorCode::name_taken, 409, "name_taken", "The name is taken"},
    CodeFacts{ErrorCode::conflict, 409, "conflict", "The present state does not allow this"},
    CodeFacts{ErrorCode::payload_too_large, 413, "payload_too_large", "The request is too large"},
    CodeFacts{ErrorCode::header_too_large, 431, "header_too_large", "The header of the request is too large"},
    CodeFacts{ErrorCode::unsupported_media_type, 415, "unsupported_media_type", "The content type is not supported"},
    CodeFacts{ErrorCode::invalid, 422, "invalid", "Some fields are wrong"},
    CodeFacts{ErrorCode::key_reused, 422, "key_reused", "The Idempotency-Key was used for something else"},
    CodeFacts{ErrorCode::locked, 403, "locked", "The thread is locked"},
    CodeFacts{ErrorCode::silenced, 403, "silenced", "You may read but not write"},
    CodeFacts{ErrorCode::banned, 403, "banned", "This member is banned"},
    CodeFacts{ErrorCode::slow_mode, 429, "slow_mode", "The thread is in slow mode"},
    CodeFacts{ErrorCode::rate_limited, 429, "rate_limited", "Too many requests"},
    CodeFacts{ErrorCode::resync_needed, 410, "resync_needed", "The history asked for is too long; reload the thread"},
    CodeFacts{ErrorCode::internal, 500, "internal", "Something went wrong on our side"},
    CodeFacts{ErrorCode::not_implemented, 501, "not_implemented", "Not implemented"},
    CodeFacts{ErrorCode::unavailable, 503, "unavailable", "Not available at the moment"},
};

const CodeFacts& facts_of(ErrorCode code) {
  for (const CodeFacts& row : facts) {
    if (row.code == code) {
      return row;
    }
  }
  throw std::logic_error("an error code without facts");
}

}  // namespace

int http_status(ErrorCode code) { return facts_of(code).status; }

std::string_view code_word(ErrorCode code) { return facts_of(code).word; }

std::string_view title(ErrorCode code) { return facts_of(code).title; }

Error invalid_field(std::string field, std::string code, std::string message) {
  Error error{ErrorCode::invalid, message, {}, std::nullopt};
  error.fields.push_back(FieldError{std::move(field), std::move(code), std::move(message)});
  return error;
}

Error refused(ErrorCode code, std::string detail) { return Error{code, std::move(detail), {}, std::nullopt}; }

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::logic_error("a result without value was read at " + where.to_string() + ": " + error.detail);
}

}  // namespace foyer
