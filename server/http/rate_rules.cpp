#include "server/http/rate_rules.hpp"

#include "protocol/limits.hpp"
#include "server/forum/password.hpp"
#include "server/forum/text_rules.hpp"
#include "server/http/client_address.hpp"

namespace foyer::http {
namespace {

constexpr double minutes_per_hour = 60;

// One bucket for all spellings of a name, and never a key as long as the input.
std::string login_key(const std::string& login) {
  const std::string name = forum::member_name_key(login);
  return "login:name:" + (name.empty() ? forum::sha256(login) : name);
}

}  // namespace

std::optional<Error> RateRules::take(const std::string& key, runtime::Rate rate, std::string_view what) {
  const std::optional<int> seconds = limiter_.refuse_for(key, rate);
  if (!seconds) {
    return std::nullopt;
  }
  Error error =
      refused(ErrorCode::rate_limited, std::string(what) + " Try again in " + std::to_string(*seconds) + " seconds.");
  error.retry_after_seconds = *seconds;
  return error;
}

std::optional<Error> RateRules::refuse_write_from(const std::string& address) {
  constexpr double rate = limits::writes_per_minute_address;
  return take("write:address:" + limited_address(address), {rate, rate}, "Too many changes from your network.");
}

std::optional<Error> RateRules::refuse_search_from(const std::string& address) {
  constexpr double rate = limits::searches_per_minute_address;
  return take("search:address:" + limited_address(address), {rate, rate}, "Too many searches from your network.");
}

std::optional<Error> RateRules::refuse_write_of(UserId member) {
  return take("write:member:" + std::to_string(member.value),
              {limits::writes_per_minute_member, limits::writes_burst_member}, "You are going very fast.");
}

std::optional<Error> RateRules::refuse_login(const std::string& login, const std::string& address) {
  constexpr double by_address = limits::logins_per_minute_address;
  constexpr double by_name = limits::logins_per_minute_name;
  auto error = take("login:address:" + limited_address(address), {by_address, by_address}, "Too many log-ins.");
  if (!error) {
    error = take(login_key(login), {by_name, by_name}, "Too many log-ins.");
  }
  return error;
}

std::optional<Error> RateRules::refuse_registration(const std::string& address) {
  constexpr double by_hour = limits::registrations_per_hour_address;
  return take("register:address:" + limited_address(address), {by_hour / minutes_per_hour, by_hour},
              "Too many registrations from your network.");
}

}  // namespace foyer::http
