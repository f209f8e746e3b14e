#include "server/http/auth.hpp"

#include <gtest/gtest.h>

namespace foyer::http {
namespace {

const Origin loopback = *origin_from_string("http://127.0.0.1:8080");
const Origin site = *origin_from_string("https://foyer.example");

const forum::Proof cookie{"session", ""};
const forum::Proof token{"", "secret"};
const forum::Proof both{"session", "secret"};
const forum::Proof nobody{};

struct Row {
  Headers headers;
  forum::Proof proof;
  bool allowed;
};

TEST(Origins, are_read_exactly) {
  EXPECT_EQ(origin_from_string("HTTPS://Foyer.Example:443"), site);
  EXPECT_EQ(origin_from_string("https://foyer.example/"), site);
  EXPECT_FALSE(origin_from_string("http://127.0.0.1:73616"));  // 8080 more than there are ports
  EXPECT_EQ(origin_from_string("http://[::1]:8080")->host, "[::1]");
  for (const char* text : {"", "null", "foyer.example", "//foyer.example", "ftp://foyer.example", "https://",
                           "https://a@foyer.example", "https://foyer.example/path", "https://foyer.example?x",
                           "https://foyer.example#x", "https://foyer.example:0", "https://foyer.example:65536",
                           "https://foyer.example:x", "https://foyer.example https://evil.example", "file:///"}) {
    EXPECT_FALSE(origin_from_string(text)) << text;
  }
}

TEST(Origins, on_loopback_have_two_names) {
  EXPECT_TRUE(same_origin(loopback, *origin_from_string("http://localhost:8080")));
  EXPECT_FALSE(same_origin(loopback, *origin_from_string("http://localhost:8081")));
  EXPECT_FALSE(same_origin(loopback, *origin_from_string("https://localhost:8080")));
  EXPECT_FALSE(same_origin(site, *origin_from_string("https://foyer.example.evil.example")));
  EXPECT_EQ(live_addresses(loopback), "ws://localhost:8080 ws://127.0.0.1:8080");
  EXPECT_EQ(live_addresses(site), "wss://foyer.example");
}

TEST(CrossOriginRule, holds_for_every_row_of_the_contract) {
  const std::vector<Row> rows{
      {{}, cookie, true},  // no browser
      {{{"Sec-Fetch-Site", "same-origin"}}, cookie, true},
      {{{"Sec-Fetch-Site", "none"}}, cookie, true},
      {{{"Sec-Fetch-Site", "same-site"}}, cookie, false},
      {{{"Sec-Fetch-Site", "cross-site"}}, cookie, false},
      {{{"Sec-Fetch-Site", ""}}, cookie, false},
      {{{"Origin", "https://foyer.example"}}, cookie, true},
      {{{"Origin", "https://foyer.example:443"}}, cookie, true},
      {{{"Origin", "http://foyer.example"}}, cookie, false},
      {{{"Origin", "https://foyer.example:8443"}}, cookie, false},
      {{{"Origin", "https://evil.example"}}, cookie, false},
      {{{"Origin", "null"}}, cookie, false},
      {{{"Origin", ""}}, cookie, false},
      {{{"Origin", "https://foyer.example"}, {"Sec-Fetch-Site", "cross-site"}}, cookie, false},
      {{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "same-origin"}}, cookie, false},
      {{{"Origin", "https://foyer.example"}, {"Origin", "https://evil.example"}}, cookie, false},
      {{{"Origin", "https://evil.example"}}, token, true},
      {{{"Origin", "https://evil.example"}}, both, false},
      {{{"Origin", "https://evil.example"}}, nobody, false},  // or a page could log its visitor in
      {{{"Sec-Fetch-Site", "cross-site"}}, nobody, false},
      {{}, nobody, true},
  };
  for (const Row& row : rows) {
    const auto result = check_cross_origin(row.headers, row.proof, site);
    EXPECT_EQ(result.has_value(), row.allowed) << (row.headers.empty() ? "" : row.headers.front().second);
    if (!result) {
      EXPECT_EQ(result.error().code, ErrorCode::cross_origin);
    }
  }
}

TEST(Proof, takes_the_cookie_of_the_transport_and_the_bearer_token) {
  const Headers headers{{"Cookie", "foyer_session=plain; __Host-foyer_session=secure"},
                        {"Authorization", "bearer  secret"}};
  EXPECT_EQ(proof_of(headers, Transport::plain).session_token, "plain");
  EXPECT_EQ(proof_of(headers, Transport::secure).session_token, "secure");
  EXPECT_EQ(proof_of(headers, Transport::plain).bearer_token, "secret");
  EXPECT_EQ(proof_of({{"Authorization", "Basic YTpi"}}, Transport::plain).bearer_token, "");
}

TEST(Proof, never_takes_a_malformed_token_for_a_guest) {
  EXPECT_NE(proof_of({{"Authorization", "Bearer a b"}}, Transport::plain).bearer_token, "");
  EXPECT_NE(proof_of({{"Authorization", "Bearer " + std::string(5'000, 'a')}}, Transport::plain).bearer_token, "");
}

TEST(LiveUpgrade, knows_its_own_pages_and_drops_a_cookie_nobody_vouches_for) {
  const Header session{"Cookie", "__Host-foyer_session=abc"};
  const auto own = proof_of_upgrade({session, {"Origin", "https://foyer.example"}}, Transport::secure, site);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->session_token, "abc");
  const auto unsaid = proof_of_upgrade({session, {"Authorization", "Bearer t"}}, Transport::secure, site);
  ASSERT_TRUE(unsaid);
  EXPECT_EQ(unsaid->session_token, "");
  EXPECT_EQ(unsaid->bearer_token, "t");
  for (const char* origin : {"https://evil.example", "null", "", "http://foyer.example", "https://foyer.example.evil",
                             "https://foyer.example:444"}) {
    EXPECT_FALSE(proof_of_upgrade({session, {"Origin", origin}}, Transport::secure, site)) << origin;
  }
  EXPECT_FALSE(proof_of_upgrade({{"Origin", "https://foyer.example"}, {"Origin", "https://evil.example"}},
                                Transport::secure, site));
}

}  // namespace
}  // namespace foyer::http
