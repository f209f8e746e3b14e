#include "server/http/rate_rules.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::http {
namespace {

TEST(RateRules, let_a_member_burst_and_then_name_the_wait) {
  runtime::RateLimiter limiter(true, 100);
  RateRules rules(limiter);
  for (int write = 0; write < limits::writes_burst_member; ++write) {
    EXPECT_FALSE(rules.refuse_write_of(UserId{1}));
  }
  const auto refusal = rules.refuse_write_of(UserId{1});
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->code, ErrorCode::rate_limited);
  EXPECT_GE(refusal->retry_after_seconds.value_or(0), 1);
  EXPECT_FALSE(rules.refuse_write_of(UserId{2}));
}

TEST(RateRules, count_all_spellings_of_a_login_as_one) {
  runtime::RateLimiter limiter(true, 100);
  RateRules rules(limiter);
  for (int attempt = 0; attempt < limits::logins_per_minute_name; ++attempt) {
    EXPECT_FALSE(rules.refuse_login(attempt % 2 == 0 ? "Mira" : "MIRA", "192.0.2." + std::to_string(attempt)));
  }
  EXPECT_TRUE(rules.refuse_login("mira", "192.0.2.99"));
  EXPECT_FALSE(rules.refuse_login("somebody-else", "192.0.2.99"));
}

TEST(RateRules, bound_what_one_address_tries) {
  runtime::RateLimiter limiter(true, 1'000);
  RateRules rules(limiter);
  for (int attempt = 0; attempt < limits::logins_per_minute_address; ++attempt) {
    EXPECT_FALSE(rules.refuse_login("name" + std::to_string(attempt), "192.0.2.1"));
  }
  EXPECT_TRUE(rules.refuse_login("another", "192.0.2.1"));
  for (int attempt = 0; attempt < limits::registrations_per_hour_address; ++attempt) {
    EXPECT_FALSE(rules.refuse_registration("2001:db8::" + std::to_string(attempt + 1)));
  }
  EXPECT_TRUE(rules.refuse_registration("2001:db8::ffff"));
  EXPECT_FALSE(rules.refuse_write_from("192.0.2.1"));
}

TEST(RateRules, bound_how_often_one_address_searches_and_nothing_else_of_it) {
  runtime::RateLimiter limiter(true, 1'000);
  RateRules rules(limiter);
  for (int search = 0; search < limits::searches_per_minute_address; ++search) {
    EXPECT_FALSE(rules.refuse_search_from("192.0.2.1"));
  }
  EXPECT_TRUE(rules.refuse_search_from("192.0.2.1"));
  EXPECT_FALSE(rules.refuse_search_from("192.0.2.2"));
  EXPECT_FALSE(rules.refuse_write_from("192.0.2.1"));
}

TEST(RateRules, refuse_nothing_when_limits_are_off) {
  runtime::RateLimiter limiter(false, 100);
  RateRules rules(limiter);
  for (int write = 0; write < 1'000; ++write) {
    ASSERT_FALSE(rules.refuse_write_of(UserId{1}));
  }
}

}  // namespace
}  // namespace foyer::http
