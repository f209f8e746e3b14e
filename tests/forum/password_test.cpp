#include "server/forum/password.hpp"

#include <set>

#include <gtest/gtest.h>

namespace foyer::forum {
namespace {

constexpr PasswordCost cheap{1, 8'192};

class Password : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { start_cryptography(); }
};

TEST_F(Password, MatchesItsOwnHashOnly) {
  const std::string hash = hash_password("correct horse", cheap);
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(password_matches(hash, "correct horse"));
  EXPECT_FALSE(password_matches(hash, "correct horsf"));
  EXPECT_FALSE(password_matches(hash, ""));
  EXPECT_NE(hash, hash_password("correct horse", cheap));
}

TEST_F(Password, MatchesNoDamagedHash) {
  EXPECT_FALSE(password_matches("", ""));
  EXPECT_FALSE(password_matches("plain", "plain"));
  EXPECT_FALSE(password_matches(std::string(5'000, '$'), "x"));
}

TEST_F(Password, TokensAreLongAndNeverRepeat) {
  std::set<std::string> tokens;
  for (int count = 0; count < 100; ++count) tokens.insert(random_token());
  EXPECT_EQ(tokens.size(), 100U);
  EXPECT_EQ(tokens.begin()->size(), 43U);
  EXPECT_EQ(tokens.begin()->find_first_of("+/="), std::string::npos);
}

TEST_F(Password, Sha256IsTheKnownOne) {
  EXPECT_EQ(sha256("abc").substr(0, 4), "\xba\x78\x16\xbf");
  EXPECT_EQ(sha256("").size(), 32U);
}

}  // namespace
}  // namespace foyer::forum
