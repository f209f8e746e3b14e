// Which buckets a request draws from, with the numbers of limits.hpp. The answer of each is empty or the refusal
// (429 with Retry-After). I/O thread only.
#pragma once

#include <optional>
#include <string>

#include "protocol/errors.hpp"
#include "protocol/ids.hpp"
#include "server/runtime/rate_limit.hpp"

namespace foyer::http {

class RateRules {
 public:
  explicit RateRules(runtime::RateLimiter& limiter) : limiter_(limiter) {}

  std::optional<Error> refuse_write_from(const std::string& address);
  std::optional<Error> refuse_write_of(UserId member);
  std::optional<Error> refuse_search_from(const std::string& address);
  // `login` is what was typed, however long and however spelt.
  std::optional<Error> refuse_login(const std::string& login, const std::string& address);
  std::optional<Error> refuse_registration(const std::string& address);

 private:
  std::optional<Error> take(const std::string& key, runtime::Rate rate, std::string_view what);

  runtime::RateLimiter& limiter_;
};

}  // namespace foyer::http
