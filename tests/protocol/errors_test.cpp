#include "protocol/errors.hpp"

#include <regex>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "protocol/events.hpp"
#include "protocol/result.hpp"

namespace foyer {
namespace {

// The last of the enumeration, watched by the test of that name.
constexpr int last_code = static_cast<int>(ErrorCode::unavailable);

std::set<std::string> all_code_words() {
  std::set<std::string> words;
  for (int code = 0; code <= last_code; ++code) {
    words.insert(std::string(code_word(static_cast<ErrorCode>(code))));
  }
  return words;
}

TEST(ErrorCodes, each_have_a_word_of_their_own_a_status_and_a_title) {
  EXPECT_EQ(all_code_words().size(), static_cast<std::size_t>(last_code) + 1);
  for (int number = 0; number <= last_code; ++number) {
    const auto code = static_cast<ErrorCode>(number);
    EXPECT_TRUE(std::regex_match(std::string(code_word(code)), std::regex("[a-z]+(_[a-z]+)*"))) << code_word(code);
    EXPECT_GE(http_status(code), 400) << code_word(code);
    EXPECT_LE(http_status(code), 599) << code_word(code);
    EXPECT_FALSE(title(code).empty()) << code_word(code);
  }
}

TEST(ErrorCodes, end_with_the_last_one_these_tests_know) {
  // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): a code that is not one is the point
  EXPECT_THROW(code_word(static_cast<ErrorCode>(last_code + 1)), std::logic_error);
}

TEST(Results, read_without_looking_are_our_own_bug_and_say_why) {
  const Result<int> failed = refused(ErrorCode::not_found, "There is no thread 99.");
  try {
    [[maybe_unused]] const int value = failed.value();
    FAIL() << "a value was read";
  } catch (const std::logic_error& error) {
    EXPECT_NE(std::string(error.what()).find("There is no thread 99."), std::string::npos);
  }
}

TEST(EventKinds, have_words_that_read_back) {
  for (int number = 1; number <= static_cast<int>(EventKind::thread_updated); ++number) {
    const auto kind = static_cast<EventKind>(number);
    EXPECT_EQ(event_kind_from_word(to_word(kind)), kind);
  }
  EXPECT_EQ(event_kind_from_word("post.invented"), std::nullopt);
  EXPECT_THROW(to_word(static_cast<EventKind>(0)), std::logic_error);
}

TEST(Words, of_roles_states_and_kinds_read_back) {
  for (const Role role : {Role::member, Role::moderator, Role::admin}) {
    EXPECT_EQ(role_from_word(to_word(role)), role);
  }
  for (const PostState state : {PostState::visible, PostState::removed, PostState::deleted}) {
    EXPECT_EQ(post_state_from_word(to_word(state)), state);
  }
  for (const ThreadKind kind : {ThreadKind::discussion, ThreadKind::review, ThreadKind::comments, ThreadKind::identify,
                                ThreadKind::watch_along}) {
    EXPECT_EQ(thread_kind_from_word(to_word(kind)), kind);
  }
  EXPECT_EQ(role_from_word("owner"), std::nullopt);
  EXPECT_EQ(post_state_from_word("hidden"), std::nullopt);
  EXPECT_EQ(thread_kind_from_word("quarrel"), std::nullopt);
}

}  // namespace
}  // namespace foyer
