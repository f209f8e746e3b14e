// Every refusal a client can meet: a stable snake_case word, its HTTP status and a title. The same words are
// used in problem documents (RFC 9457) and in error frames of the live channel.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/assert/source_location.hpp>

namespace foyer {

enum class ErrorCode {
  bad_request,             // 400: the request could not be parsed
  unauthenticated,         // 401: log in first
  wrong_credentials,       // 401: name or password is wrong
  forbidden,               // 403: not yours to do
  cross_origin,            // 403: a write with a cookie came from another site
  not_found,               // 404
  method_not_allowed,      // 405
  stale_revision,          // 409: the post changed under the moderator
  name_taken,              // 409
  conflict,                // 409: the thing is in a state that does not allow this
  payload_too_large,       // 413
  header_too_large,        // 431
  unsupported_media_type,  // 415
  invalid,                 // 422: well-formed but wrong; the fields are named
  key_reused,              // 422: the Idempotency-Key was used with another body
  locked,                  // 403: the thread takes no more posts
  silenced,                // 403: a moderator lets this member read only
  banned,                  // 403: a moderator has shut this member out
  slow_mode,               // 429: the thread asks for a pause between two posts
  rate_limited,            // 429
  resync_needed,           // 410: events this old are no longer replayed; reload the thread
  internal,                // 500
  not_implemented,         // 501: a transfer coding or method this server does not take
  unavailable,             // 503: the database is away or a queue is full; try again
};

struct FieldError {
  std::string field;
  std::string code;  // snake_case word: required, too_long, too_short, wrong_type, unknown, out_of_range, …
  std::string message;
  friend bool operator==(const FieldError&, const FieldError&) = default;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string detail;
  std::vector<FieldError> fields;          // for invalid and bad_request
  std::optional<int> retry_after_seconds;  // for 429 and 503
};

// The status line's number for a code (400–599).
int http_status(ErrorCode code);
// The stable snake_case word.
std::string_view code_word(ErrorCode code);
// A short human title that never changes for a code.
std::string_view title(ErrorCode code);

// Shorthands that read well at the point of refusal.
Error invalid_field(std::string field, std::string code, std::string message);
Error refused(ErrorCode code, std::string detail);

// Boost.System asks for this: Result<T>::value() on a failure is our own bug and throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

}  // namespace foyer
