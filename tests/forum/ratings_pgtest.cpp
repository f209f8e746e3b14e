#include <thread>

#include "persistence/log_check.hpp"
#include "persistence/rating_store.hpp"
#include "server/forum/films.hpp"
#include "server/forum/ratings.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Ratings : public samples::ForumWorld {
 protected:
  Result<Changed<OwnRatingView>> rate(const Actor& actor, int score) {
    return act(rate_film, actor, film, RateRequest{score});
  }
  Result<Changed<OwnRatingView>> withdraw(const Actor& actor) { return act(withdraw_rating, actor, film); }
  RatingView rating() { return look(read_film, film).value().rating; }
};

TEST_F(Ratings, OfAFilmMakeItsAverageCountAndHistogram) {
  EXPECT_EQ(rating(), RatingView());
  ASSERT_TRUE(rate(mira, 9).has_value());
  ASSERT_TRUE(rate(tomas, 6).has_value());
  EXPECT_EQ(rating(), (RatingView{7.5, 2, {0, 0, 0, 0, 0, 1, 0, 0, 1, 0}}));
}

TEST_F(Ratings, AreOnePerMemberAndCanBeChangedAndTakenBack) {
  EXPECT_EQ(rate(mira, 9).value().view.score, 9);
  EXPECT_EQ(rate(mira, 4).value().view, (OwnRatingView{4, {4.0, 1, {0, 0, 0, 1, 0, 0, 0, 0, 0, 0}}}));
  EXPECT_EQ(look(read_own_rating, mira, film).value().score, 4);
  EXPECT_EQ(look(read_own_rating, tomas, film).value().score, std::nullopt);
  EXPECT_EQ(withdraw(mira).value().view, OwnRatingView());
}

TEST_F(Ratings, RingTheFilmsDoorbellOnlyWhenSomethingChanged) {
  const std::vector<Channel> doorbell{{ChannelKind::film, film.value}};
  EXPECT_EQ(rate(mira, 9).value().news.snapshots, doorbell);
  EXPECT_TRUE(rate(mira, 9).value().news.snapshots.empty());
  EXPECT_EQ(rate(mira, 8).value().news.snapshots, doorbell);
  EXPECT_EQ(withdraw(mira).value().news.snapshots, doorbell);
  EXPECT_TRUE(withdraw(mira).value().news.snapshots.empty());
}

TEST_F(Ratings, StandBesideWhatTheirAuthorsWriteAboutThatFilmAlone) {
  const FilmId other = add_film(R"({"title":"Ivan's Childhood","year":1962})");
  const ThreadId one = start(mira).value().view.thread.id;
  ASSERT_TRUE(reply(tomas, one, "Mine").has_value());
  ASSERT_TRUE(rate(mira, 9).has_value());
  ASSERT_TRUE(act(rate_film, tomas, other, RateRequest{3}).has_value());
  EXPECT_EQ(look(read_thread_page, one, 1).value().scores, (std::map<UserId, int>{{mira.user->id, 9}}));
  foyer::testing::run_sql(place.url(), "insert into thread_films values (" + std::to_string(one.value) + "," +
                                           std::to_string(other.value) + ", 2)");
  EXPECT_TRUE(look(read_thread_page, one, 1).value().scores.empty()) << "of which of the two films?";
}

TEST_F(Ratings, AreInTheNewsOfTheFilm) {
  ASSERT_TRUE(rate(mira, 9).has_value());
  EXPECT_EQ(look(read_film_news, film).value().rating, rating());
}

TEST_F(Ratings, AreForMembersFromOneToTenAndOfFilmsThatExist) {
  EXPECT_EQ(code_of(rate(guest, 5)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(withdraw(guest)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(look(read_own_rating, guest, film)), ErrorCode::unauthenticated);
  EXPECT_EQ(field_of(rate(mira, 0)), "score");
  EXPECT_EQ(field_of(rate(mira, 11)), "score");
  EXPECT_EQ(code_of(act(rate_film, mira, FilmId{999'999}, RateRequest{5})), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_own_rating, mira, FilmId{999'999})), ErrorCode::not_found);
  EXPECT_EQ(rating(), RatingView());
}

// Twenty members at once, each changing their mind; the histogram is exact in the end.
TEST_F(Ratings, OfManyAtOnceAreCountedExactly) {
  std::vector<std::thread> members;
  for (int number = 0; number < 20; ++number) {
    members.emplace_back([this, fan = member("fan" + std::to_string(number)), number] {
      for (int score = 1; score <= 5; ++score) EXPECT_TRUE(rate(fan, score).has_value());
      if (number % 2 == 0) EXPECT_TRUE(withdraw(fan).has_value());
    });
  }
  for (std::thread& side : members) side.join();
  EXPECT_EQ(rating(), (RatingView{5.0, 10, {0, 0, 0, 0, 10, 0, 0, 0, 0, 0}}));
}

TEST_F(Ratings, ThatAreCountedWronglyAreFoundByTheCheck) {
  ASSERT_TRUE(rate(mira, 9).has_value());
  const auto broken = [&] {
    std::int64_t found = 0;
    for (const persistence::LogCheck& check : look(persistence::check_log)) found += check.kept() ? 0 : 1;
    return found;
  };
  EXPECT_EQ(broken(), 0);
  foyer::testing::run_sql(place.url(), "update film_ratings set histogram[3] = 1");
  EXPECT_EQ(broken(), 1);
}

TEST_F(Ratings, OfAMemberWhoIsDeletedAreCountedNoMore) {
  ASSERT_TRUE(rate(mira, 9).has_value());
  ASSERT_TRUE(rate(tomas, 6).has_value());
  foyer::testing::run_sql(place.url(), "delete from users where name = 'tomas'");
  EXPECT_EQ(rating(), (RatingView{9.0, 1, {0, 0, 0, 0, 0, 0, 0, 0, 1, 0}}));
}

// A lone 10 stands behind many 9s: each film begins as if five members had given it a 6.
TEST_F(Ratings, PutManyGoodOnesBeforeASingleBest) {
  const FilmId lone = add_film(R"({"title":"A Lone Ten","year":1960})");
  const FilmId unrated = add_film(R"({"title":"Unrated","year":1961})");
  for (int number = 0; number < 8; ++number) ASSERT_TRUE(rate(member("fan" + std::to_string(number)), 9).has_value());
  ASSERT_TRUE(act(rate_film, mira, lone, RateRequest{10}).has_value());
  FilmQuery query;
  query.sort = "rating";
  ListRequest list;
  list.limit = 1;
  const auto first = look(list_films, query, list).value();
  ASSERT_EQ(first.items.size(), 1U);
  EXPECT_EQ(first.items[0].id, film);
  EXPECT_EQ(first.items[0].rating_average, 9.0);
  EXPECT_EQ(first.items[0].rating_count, 8);
  list.after = first.next;
  const auto second = look(list_films, query, list).value();
  ASSERT_EQ(second.items.size(), 1U);
  EXPECT_EQ(second.items[0].id, lone);
  EXPECT_FALSE(second.next) << "a film without ratings has no place in this order: " << unrated.value;
}

}  // namespace
}  // namespace foyer::forum
