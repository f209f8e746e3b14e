#include "server/forum/marks.hpp"
#include "server/forum/ratings.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Marks : public samples::ForumWorld {};

TEST_F(Marks, AreEachTheMembersOwnAndTakenBackAlone) {
  EXPECT_EQ(act(mark_film, mira, film, std::string("seen")).value(), (FilmMarks{true, false}));
  EXPECT_EQ(act(mark_film, mira, film, std::string("watchlist")).value(), (FilmMarks{true, true}));
  EXPECT_EQ(act(mark_film, mira, film, std::string("watchlist")).value(), (FilmMarks{true, true}));
  EXPECT_EQ(look(read_own_marks, tomas, film), FilmMarks());
  EXPECT_EQ(look(read_own_marks, guest, film), FilmMarks());
  EXPECT_EQ(act(unmark_film, mira, film, std::string("seen")).value(), (FilmMarks{false, true}));
  EXPECT_EQ(act(unmark_film, mira, film, std::string("seen")).value(), (FilmMarks{false, true}));
  EXPECT_EQ(act(unmark_film, mira, film, std::string("watchlist")).value(), FilmMarks());
  EXPECT_EQ(sql("select count(*) from film_marks"), "0");
}

TEST_F(Marks, AreNotSetByRating) {
  ASSERT_TRUE(act(rate_film, mira, film, RateRequest{9}).has_value());
  EXPECT_EQ(look(read_own_marks, mira, film), FilmMarks());
}

TEST_F(Marks, AreForMembersOfTwoKindsAndOfFilmsThatExist) {
  EXPECT_EQ(code_of(act(mark_film, guest, film, std::string("seen"))), ErrorCode::unauthenticated);
  EXPECT_EQ(field_of(act(mark_film, mira, film, std::string("loved"))), "name");
  EXPECT_EQ(code_of(act(mark_film, mira, FilmId{999'999}, std::string("seen"))), ErrorCode::not_found);
}

}  // namespace
}  // namespace foyer::forum
