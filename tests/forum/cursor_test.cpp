#include "server/forum/cursor.hpp"

#include <random>

#include <gtest/gtest.h>

namespace foyer::forum {
namespace {

using persistence::FilmPosition;
using persistence::ThreadPosition;
using persistence::UserPostPosition;

constexpr Timestamp noon{std::chrono::milliseconds(1'795'449'600'123)};

TEST(Cursor, ComesBackAsItWent) {
  const auto film = film_position(to_cursor(FilmPosition{"the cranes: летят", FilmId{7}})).value();
  EXPECT_EQ(film.key, "the cranes: летят");
  EXPECT_EQ(film.id, FilmId{7});
  EXPECT_EQ(film_position(to_cursor(FilmPosition{"", FilmId{7}})).value().key, "");
  const auto thread = thread_position(to_cursor(ThreadPosition{noon, ThreadId{42}})).value();
  EXPECT_EQ(thread.at, noon);
  EXPECT_EQ(thread.id, ThreadId{42});
  const auto post = user_post_position(to_cursor(UserPostPosition{noon, PostId{9}})).value();
  EXPECT_EQ(post.at, noon);
  EXPECT_EQ(post.id, PostId{9});
  EXPECT_EQ(number_position(to_cursor(std::int64_t{123})).value(), 123);
}

TEST(Cursor, StandsInAnAddressAsItIs) {
  const std::string cursor = to_cursor(FilmPosition{">>>~~~ÿ&=#%", FilmId{7}});
  EXPECT_EQ(cursor.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(Cursor, OfOneListIsNoneOfAnother) {
  const std::string cursor = to_cursor(ThreadPosition{noon, ThreadId{42}});
  EXPECT_TRUE(film_position(cursor).has_error());
  EXPECT_TRUE(user_post_position(cursor).has_error());
  EXPECT_TRUE(number_position(cursor).has_error());
}

TEST(Cursor, ThatWasNotMadeHereIsRefusedByField) {
  // "t99999999999999999:1", "t1:0", "t-5:1", "t1", "t1:1x", "f1", "f0:x", "f1:\xff", "f1:\0", "n0", "nx"
  for (const char* forged : {"", "x", "%00x", "AAAA", "====", "dDk5OTk5OTk5OTk5OTk5OTk5OjE", "dDE6MA", "dC01OjE", "dDE",
                             "dDE6MXg", "ZjE", "ZjA6eA", "ZjE6_w", "ZjE6AA", "bjA", "bng"}) {
    for (const Error& error : {film_position(forged).error(), thread_position(forged).error(),
                               user_post_position(forged).error(), number_position(forged).error()}) {
      EXPECT_EQ(error.code, ErrorCode::invalid) << forged;
      ASSERT_EQ(error.fields.size(), 1U) << forged;
      EXPECT_EQ(error.fields[0].field, "after");
    }
  }
  EXPECT_TRUE(film_position(std::string(100'000, 'A')).has_error());
}

TEST(Cursor, NeverThrowsOnNoise) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string noise;
    for (int count = 0; count < 20; ++count) noise += static_cast<char>(random());
    EXPECT_NO_THROW({
      (void)film_position(noise);
      (void)thread_position(noise);
      (void)number_position(noise);
    });
  }
}

}  // namespace
}  // namespace foyer::forum
