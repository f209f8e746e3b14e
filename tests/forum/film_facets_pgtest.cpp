#include "server/forum/films.hpp"
#include "server/forum/marks.hpp"
#include "server/forum/ratings.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::field_of;

class FilmFacetsOfTheCatalogue : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    third_man = add_film(
        R"({"title":"The Third Man","year":1949,"genres":["noir","thriller"],"countries":["United Kingdom"],"languages":["English","German"]})");
    rashomon = add_film(
        R"({"title":"Rashomon","year":1950,"genres":["drama"],"countries":["Japan"],"languages":["Japanese"]})");
    ikiru =
        add_film(R"({"title":"Ikiru","year":1952,"genres":["drama"],"countries":["Japan"],"languages":["Japanese"]})");
    database.write([](persistence::Transaction& transaction) { return persistence::count_film_facets(transaction); });
  }

  std::vector<FilmId> found(const FilmQuery& query) {
    std::vector<FilmId> films;
    for (const FilmSummary& film : look(list_films, query, ListRequest{}).value().items) films.push_back(film.id);
    EXPECT_EQ(look(count_films, query).value(), std::ssize(films));
    return films;
  }

  FilmId third_man, rashomon, ikiru;
};

TEST_F(FilmFacetsOfTheCatalogue, AreCountedWithTheLastDecadeFirstAndTheOthersByName) {
  const FilmFacets facets = look(read_film_facets);
  EXPECT_EQ(facets.decades, (std::vector<FacetValue>{{"1950", 3}, {"1940", 1}}));  // with The Cranes Are Flying
  EXPECT_EQ(facets.genres, (std::vector<FacetValue>{{"drama", 2}, {"noir", 1}, {"thriller", 1}}));
  EXPECT_EQ(facets.countries, (std::vector<FacetValue>{{"Japan", 2}, {"United Kingdom", 1}}));
  EXPECT_EQ(facets.languages, (std::vector<FacetValue>{{"English", 1}, {"German", 1}, {"Japanese", 2}}));
}

TEST_F(FilmFacetsOfTheCatalogue, NarrowTheListEachAndTogether) {
  EXPECT_EQ(found({.country = "Japan"}), (std::vector<FilmId>{ikiru, rashomon}));
  EXPECT_EQ(found({.language = "German"}), (std::vector<FilmId>{third_man}));
  EXPECT_EQ(found({.decade = 1950, .genre = "drama", .country = "Japan", .language = "Japanese"}),
            (std::vector<FilmId>{ikiru, rashomon}));
  EXPECT_EQ(found({.text = "rasho", .country = "Japan"}), (std::vector<FilmId>{rashomon}));
  EXPECT_TRUE(found({.decade = 1940, .country = "Japan"}).empty());
  EXPECT_TRUE(found({.country = "japan"}).empty());
}

TEST_F(FilmFacetsOfTheCatalogue, TakeNoFilmWithoutAYearIntoADecade) {
  add_film(R"({"title":"A Lost Reel"})");
  EXPECT_TRUE(found({.decade = 0}).empty());
}

TEST_F(FilmFacetsOfTheCatalogue, NarrowTheListToFilmsThatAreTalkedAbout) {
  EXPECT_TRUE(found({.discussed = persistence::Discussed::ever}).empty());
  ASSERT_TRUE(start(mira).has_value());
  EXPECT_EQ(found({.discussed = persistence::Discussed::ever}), (std::vector<FilmId>{film}));
  EXPECT_EQ(found({.sort = "activity", .discussed = persistence::Discussed::ever}), (std::vector<FilmId>{film}));
  EXPECT_TRUE(found({.country = "Japan", .discussed = persistence::Discussed::ever}).empty());
}

TEST_F(FilmFacetsOfTheCatalogue, NarrowTheListToFilmsThatAreTalkedAboutNow) {
  const FilmQuery now{.discussed = persistence::Discussed::now};
  EXPECT_TRUE(found(now).empty());
  ASSERT_TRUE(start(mira).has_value());
  EXPECT_EQ(found(now), (std::vector<FilmId>{film}));
  EXPECT_EQ(found({.sort = "activity", .discussed = persistence::Discussed::now}), (std::vector<FilmId>{film}));
  foyer::testing::run_sql(place.url(),
                          "update threads set last_post_at = last_post_at - interval '25 hours';"
                          "select judge_films(array(select id from films))");
  EXPECT_TRUE(found(now).empty());
  EXPECT_EQ(found({.sort = "activity", .discussed = persistence::Discussed::ever}), (std::vector<FilmId>{film}));
}

TEST_F(FilmFacetsOfTheCatalogue, TheBestMatchIsTheTitleThatIsJustThis) {
  const FilmId inside = add_film(R"({"title":"Looking for Ikiru","year":2001})");
  const FilmId begins = add_film(R"({"title":"Ikiru Again","year":2003})");
  const FilmId also = add_film(R"({"title":"To Live","year":1952,"alternative_titles":["Ikiru"]})");
  const std::vector<FilmId> best{ikiru, also, begins, inside};
  EXPECT_EQ(found({.text = "Ikiru", .sort = "relevance"}), best);
  std::vector<FilmId> paged;
  ListRequest list;
  list.limit = 1;
  do {
    const auto page = look(list_films, FilmQuery{.text = "ikiru", .sort = "relevance"}, list).value();
    for (const FilmSummary& each : page.items) paged.push_back(each.id);
    list.after = page.next;
  } while (list.after && paged.size() < 9);
  EXPECT_EQ(paged, best);
  ASSERT_TRUE(act(rate_film, mira, inside, RateRequest{10}).has_value());
  EXPECT_EQ(found({.text = "Ikiru", .sort = "relevance"}), best) << "a rating lifts no film above a better match";
  EXPECT_EQ(found({.text = "Ikiru", .genre = "drama", .sort = "relevance"}), (std::vector<FilmId>{ikiru}));
  EXPECT_EQ(field_of(look(list_films, FilmQuery{.sort = "relevance"}, ListRequest{})), "sort");
}

TEST_F(FilmFacetsOfTheCatalogue, GoOnOverPagesInEveryOrder) {
  for (const char* sort : {"title", "year"}) {
    FilmQuery query{.sort = sort, .country = "Japan"};
    ListRequest list;
    list.limit = 1;
    const auto first = look(list_films, query, list).value();
    list.after = first.next;
    const auto second = look(list_films, query, list).value();
    ASSERT_EQ(first.items.size() + second.items.size(), 2U) << sort;
    EXPECT_NE(first.items[0].id, second.items[0].id) << sort;
    EXPECT_FALSE(second.next) << sort;
  }
  EXPECT_EQ(field_of(look(count_films, FilmQuery{.sort = "colour"})), "sort");
}

TEST_F(FilmFacetsOfTheCatalogue, NarrowTheListToWhatAMemberHasMarkedOrRated) {
  act(mark_film, mira, ikiru, std::string("watchlist"));
  act(mark_film, mira, rashomon, std::string("seen"));
  act(mark_film, tomas, third_man, std::string("watchlist"));
  ASSERT_TRUE(act(rate_film, mira, third_man, RateRequest{7}).has_value());
  const auto of_mira = [&](const std::string& mine) { return found({.mine = mine, .member = mira.user->id}); };
  EXPECT_EQ(of_mira("watchlist"), (std::vector<FilmId>{ikiru}));
  EXPECT_EQ(of_mira("seen"), (std::vector<FilmId>{rashomon}));
  EXPECT_EQ(of_mira("rated"), (std::vector<FilmId>{third_man}));
  EXPECT_EQ(found({.country = "Japan", .mine = "seen", .member = mira.user->id}), (std::vector<FilmId>{rashomon}));
  EXPECT_EQ(look(list_films, FilmQuery{.mine = "seen"}, ListRequest{}).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(field_of(look(list_films, FilmQuery{.mine = "all"}, ListRequest{})), "mine");
}

}  // namespace
}  // namespace foyer::forum
