#include <algorithm>

#include <gtest/gtest.h>

#include "persistence/film_store.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

FilmRecord cranes() {
  FilmRecord film = film_record("the cranes are flying", 1957);
  film.title = "The Cranes Are Flying";
  film.slug = "the-cranes-are-flying";
  film.search_key = "the cranes are flying letyat zhuravli";
  film.original_title = "Летят журавли";
  film.alternative_titles = {"Quand passent les cigognes", R"(a "hard" {one}, \ this)"};
  film.release_date = "1957-10-12";
  film.runtime_minutes = 97;
  film.synopsis = "Two lovers are parted by the war.";
  film.synopsis_source = "editorial";
  film.genres = {"drama", "war"};
  film.countries = {"Soviet Union"};
  film.languages = {"Russian"};
  film.cast = {{"Tatyana Samoylova", "tatyana-samoylova", "tatyana samoylova", "Veronika"},
               {"Aleksey Batalov", "aleksey-batalov", "aleksey batalov", "Boris"}};
  film.crew = {{"Mikhail Kalatozov", "mikhail-kalatozov", "mikhail kalatozov", "Director"},
               {"Viktor Rozov", "viktor-rozov", "viktor rozov", "Writer"}};
  film.external_ids = {{"imdb", "tt0050634"}, {"wikidata", "Q1066944"}};
  return film;
}

class FilmStore : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};

  ImportedBatch import(const std::vector<FilmRecord>& films) {
    return database_.write([&](Transaction& t) { return upsert_films(t, films); });
  }
  // After threads were moved in time by hand.
  void judge() { run_sql(test_.url(), "select judge_films(array(select id from films))"); }
  FilmPage list(const FilmFilter& filter, const std::optional<FilmPosition>& after = {}, int limit = 10) {
    return database_.read([&](Transaction& t) { return list_films(t, filter, after, limit); });
  }
  std::int64_t count(const FilmFilter& filter) {
    return database_.read([&](Transaction& transaction) { return count_films(transaction, filter, 1'000); });
  }
  std::vector<std::string> titles(const FilmFilter& filter, int page = 10) {
    std::vector<std::string> titles;
    std::optional<FilmPosition> after;
    do {
      const FilmPage films = list(filter, after, page);
      for (const FilmSummary& film : films.items) {
        titles.push_back(film.title);
      }
      after = films.next;
    } while (after);
    return titles;
  }
};

void expect_counts(const ImportCounts& counts, int added, int changed, int unchanged) {
  EXPECT_EQ(counts.added, added);
  EXPECT_EQ(counts.changed, changed);
  EXPECT_EQ(counts.unchanged, unchanged);
}

TEST_F(FilmStore, AFilmIsReadAsItWasImported) {
  const FilmId id = add_film(database_, cranes());
  const auto film = database_.snapshot([&](Transaction& t) { return find_film(t, id); });
  ASSERT_TRUE(film);
  EXPECT_EQ(film->title, "The Cranes Are Flying");
  EXPECT_EQ(film->original_title, "Летят журавли");
  EXPECT_EQ(film->alternative_titles, cranes().alternative_titles);
  EXPECT_EQ(film->year, 1957);
  EXPECT_EQ(film->release_date, "1957-10-12");
  EXPECT_EQ(film->runtime_minutes, 97);
  EXPECT_EQ(film->genres, cranes().genres);
  ASSERT_EQ(film->cast.size(), 2u);
  EXPECT_EQ(film->cast[0].name, "Tatyana Samoylova");
  EXPECT_EQ(film->cast[0].character, "Veronika");
  ASSERT_EQ(film->crew.size(), 2u);
  EXPECT_EQ(film->crew[1].job, "Writer");
  EXPECT_EQ(film->external_ids, cranes().external_ids);
  EXPECT_FALSE(film->rating.average);
}

TEST_F(FilmStore, WhatIsUnknownStaysEmpty) {
  FilmRecord bare = film_record("bare", 0);
  bare.year = std::nullopt;
  const auto film =
      database_.snapshot([&, id = add_film(database_, bare)](Transaction& t) { return find_film(t, id); });
  EXPECT_FALSE(film->year);
  EXPECT_EQ(film->release_date, "");
  EXPECT_FALSE(film->runtime_minutes);
  EXPECT_FALSE(database_.read([](Transaction& t) { return find_film(t, FilmId{999}); }));
}

TEST_F(FilmStore, ImportingTwiceAddsNothing) {
  const std::vector<FilmRecord> films{cranes(), film_record("another", 1960)};
  expect_counts(import(films), 2, 0, 0);
  expect_counts(import(films), 0, 0, 2);
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from films"), "2");
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from people"), "4");
}

TEST_F(FilmStore, AChangedLineChangesTheFilmFoundByAnyOfItsIds) {
  const FilmId id = add_film(database_, cranes());
  FilmRecord changed = cranes();
  changed.external_ids = {{"wikidata", "Q1066944"}, {"enwiki", "The Cranes Are Flying"}};
  changed.synopsis = "Another text.";
  expect_counts(import({changed}), 0, 1, 0);
  const auto film = database_.snapshot([&](Transaction& t) { return find_film(t, id); });
  EXPECT_EQ(film->synopsis, "Another text.");
  EXPECT_EQ(film->external_ids.size(), 3u);
}

TEST_F(FilmStore, AChangedCastIsAChange) {
  const FilmId id = add_film(database_, cranes());
  FilmRecord changed = cranes();
  std::swap(changed.cast[0], changed.cast[1]);
  expect_counts(import({changed}), 0, 1, 0);
  EXPECT_EQ(database_.snapshot([&](Transaction& t) { return find_film(t, id); })->cast[0].name, "Aleksey Batalov");
}

TEST_F(FilmStore, TwoLinesOfOneBatchThatNameTheSameFilmMakeOne) {
  FilmRecord second = cranes();
  second.external_ids = {{"imdb", "tt0050634"}};
  second.synopsis = "The later line wins.";
  expect_counts(import({cranes(), second}), 1, 1, 0);
  EXPECT_EQ(run_sql(test_.url(), "select synopsis from films"), "The later line wins.");
  FilmRecord third = cranes();
  third.external_ids = {{"wikidata", "Q1066944"}};  // known by now, though the lines share no id
  expect_counts(import({second, third}), 0, 1, 1);
}

// The same film as another source tells it: no id in common.
FilmRecord retold(int year, const std::string& director = "mikhail kalatozov") {
  FilmRecord film = film_record("the cranes are flying | cranes", year);
  film.external_ids = {{"tmdb", std::to_string(year)}};
  film.crew = {{"Mikhail Kalatozov", "mikhail-kalatozov", director, "Director"}};
  return film;
}

TEST_F(FilmStore, AFilmWithoutAKnownIdIsFoundByTitleDirectorAndAYearNotFurtherThanOneAway) {
  FilmRecord present = cranes();
  present.search_key = "the cranes are flying | letyat zhuravli";
  add_film(database_, present);
  expect_counts(import({retold(1958)}), 0, 1, 0);
  expect_counts(import({retold(1955)}), 1, 0, 0);
  expect_counts(import({retold(1956, "somebody else")}), 1, 0, 0);
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from films"), "3");
}

TEST_F(FilmStore, FilmsThatASourceTellsApartStayTwo) {
  add_film(database_, retold(1957));
  FilmRecord other = retold(1957);
  other.external_ids = {{"tmdb", "another"}};
  expect_counts(import({other}), 1, 0, 0);
}

TEST_F(FilmStore, AFilmThatCouldBeTwoIsNeither) {
  FilmRecord present = retold(1957);
  present.external_ids = {{"imdb", "tt1"}};
  add_film(database_, present);
  present.external_ids = {{"imdb", "tt2"}};
  add_film(database_, present);
  expect_counts(import({retold(1957)}), 1, 0, 0);
}

TEST_F(FilmStore, TheSameFilmByTitleTwiceInABatchIsOne) {
  FilmRecord first = retold(1957);
  first.external_ids = {{"imdb", "tt0050634"}};
  expect_counts(import({first, retold(1957)}), 1, 1, 0);
}

TEST_F(FilmStore, LongTitlesAreFoundLikeShortOnes) {
  for (const std::size_t length : {76U, 77U, 78U, 79U, 80U, 81U, 200U}) {
    FilmRecord film = retold(1957);
    film.search_key = std::string(length, 'a') + " | other";
    film.external_ids = {{"imdb", std::to_string(length)}};
    add_film(database_, film);
    film.external_ids = {{"tmdb", std::to_string(length)}};
    expect_counts(import({film}), 0, 1, 0);
  }
}

TEST_F(FilmStore, ChangesByHandAreNotedAndThoseOfAnImportAreNot) {
  add_film(database_, cranes());
  FilmRecord changed = cranes();
  changed.synopsis = "Another text.";
  changed.cast.pop_back();
  import({changed});
  const std::string edited = "select array_to_string(edited_fields, ',') from films";
  EXPECT_EQ(run_sql(test_.url(), edited), "");
  run_sql(test_.url(), "update films set title = title, year = 1958, genres = '{war}'");
  run_sql(test_.url(), "update films set synopsis_url = 'https://example.org'");
  EXPECT_EQ(run_sql(test_.url(), edited), "genres,release_date,synopsis");
  run_sql(test_.url(), "update film_people set character = 'V.' where department = 'cast'");
  run_sql(test_.url(), "delete from film_people where department = 'crew'");
  EXPECT_EQ(run_sql(test_.url(), edited), "genres,release_date,synopsis,cast,crew");
  run_sql(test_.url(), "delete from films");
}

TEST_F(FilmStore, APersonHasAFilmographyWithTheNewestFilmFirst) {
  add_film(database_, cranes());
  FilmRecord later = film_record("i am cuba", 1964);
  later.crew = {cranes().crew[0]};
  const FilmId cuba = add_film(database_, later);
  const PersonId person = database_.read([&](Transaction& t) { return find_film(t, cuba)->crew[0].id; });
  const auto view = database_.read([&](Transaction& t) { return find_person(t, person); });
  ASSERT_TRUE(view);
  EXPECT_EQ(view->name, "Mikhail Kalatozov");
  ASSERT_EQ(view->filmography.size(), 2u);
  EXPECT_EQ(view->filmography[0].film.id, cuba);
  EXPECT_EQ(view->filmography[0].job, "Director");
}

TEST_F(FilmStore, LinksComeInTheOrderAskedForAndUnknownFilmsAreLeftOut) {
  const FilmId a = add_film(database_, "a");
  const FilmId b = add_film(database_, "b");
  const auto links = database_.read([&](Transaction& t) { return find_film_links(t, {b, FilmId{999}, a}); });
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0].id, b);
  EXPECT_EQ(links[1].id, a);
}

TEST_F(FilmStore, AListIsPagedByTitleWithoutGapsOrRepeats) {
  import({film_record("delta", 1990), film_record("alpha", 1990), film_record("charlie", 1990),
          film_record("bravo", 1990), film_record("echo", 1990)});
  EXPECT_EQ(titles({}, 2), (std::vector<std::string>{"alpha", "bravo", "charlie", "delta", "echo"}));
  EXPECT_EQ(titles({}, 5).size(), 5u);
}

TEST_F(FilmStore, AListByYearHasTheNewestFirstAndTheUndatedLast) {
  FilmRecord undated = film_record("undated", 1);
  undated.year = std::nullopt;
  import({film_record("old", 1920), undated, film_record("new", 2001), film_record("newer", 2002)});
  EXPECT_EQ(titles({.sort = FilmSort::year}, 1), (std::vector<std::string>{"newer", "new", "old", "undated"}));
}

TEST_F(FilmStore, AListByActivityShowsFilmsByTheirNewestPost) {
  const UserView nora = add_user(database_, "nora");
  const FilmId a = add_film(database_, "a");
  const FilmId b = add_film(database_, "b");
  add_film(database_, "silent");
  add_thread(database_, nora, {a});
  add_thread(database_, nora, {b});
  const ThreadId both = add_thread(database_, nora, {a, b});
  const ThreadId latest = add_thread(database_, nora, {a});
  run_sql(test_.url(), "update threads set last_post_at = now() + make_interval(mins => id::integer)");
  judge();
  EXPECT_EQ(titles({.sort = FilmSort::activity}, 1), (std::vector<std::string>{"a", "b"}));
  run_sql(test_.url(), "update threads set last_post_at = now() - interval '1 day' where id in (" +
                           std::to_string(latest.value) + "," + std::to_string(both.value) + ")");
  judge();
  EXPECT_EQ(titles({.sort = FilmSort::activity}, 1), (std::vector<std::string>{"b", "a"}));
}

// 1,300 films, a thousand of which are at war: so many are walked hour by hour, the rare ones are gathered. Some hours
// have many of the films, and some moments several.
TEST_F(FilmStore, AListByActivityIsCompleteHoweverManyFilmsAreDiscussed) {
  const UserView nora = add_user(database_, "nora");
  add_thread(database_, nora, {add_film(database_, "film 1")});
  run_sql(test_.url(), R"(
    insert into films (slug, title, search_key, genres)
      select 's', 'film ' || i, 'film', case when i > 1250 then array['rare'] when i % 6 > 0 then array['war'] else '{}' end
      from generate_series(2, 1301) i;
    insert into threads (kind, title, slug, author_id, post_count, last_post_at)
      select 'discussion', 'title', 'slug', author_id, 1, now() - make_interval(mins => i * i / 1000)
      from threads, generate_series(1, 3000) i;
    insert into thread_films select id, 1 + (id * 7919) % 1300, 1 from threads on conflict do nothing)");
  for (const std::string genre : {"", "war", "rare"}) {
    const std::string expected =
        run_sql(test_.url(), R"(
      select string_agg(title, ',' order by active_at desc, id desc) from (
        select f.id, f.title, max(active_at) as active_at from films f join thread_films tf on tf.film_id = f.id
        join threads t on t.id = tf.thread_id where ')" +
                                 genre + R"(' = any (array_append(f.genres, '')) group by f.id) latest)");
    for (const int page : {1, 25, 60, 100}) {
      std::string found;
      for (const std::string& title : titles({.genre = genre, .sort = FilmSort::activity}, page)) {
        found += (found.empty() ? "" : ",") + title;
      }
      EXPECT_EQ(found, expected) << genre << ", pages of " << page;
    }
    EXPECT_EQ(count({.genre = genre, .sort = FilmSort::activity}),
              std::min<std::int64_t>(std::ranges::count(expected, ',') + 1, 1'000));
  }
}

TEST_F(FilmStore, FiltersNarrowAList) {
  FilmRecord other = film_record("flying saucers of 1956", 1956);
  other.genres = {"science fiction"};
  import({cranes(), other, film_record("100% pure", 1980)});
  const std::string cranes_title = "The Cranes Are Flying";
  EXPECT_EQ(titles({.title_like = "flying cranes"}), (std::vector<std::string>{cranes_title}));
  EXPECT_EQ(titles({.title_like = "flying"}).size(), 2u);
  EXPECT_EQ(titles({.title_like = "%"}), (std::vector<std::string>{"100% pure"}));
  EXPECT_EQ(titles({.decade = 1950}).size(), 2u);
  EXPECT_EQ(titles({.genre = "war"}), (std::vector<std::string>{cranes_title}));
  const PersonId actor = database_.read([](Transaction& t) {
    return find_film(t, find_film_by_external_id(t, {"imdb", "tt0050634"}).value())->cast.at(0).id;
  });
  for (const FilmSort sort : {FilmSort::title, FilmSort::year}) {
    EXPECT_EQ(titles({.title_like = "cranes are", .decade = 1950, .genre = "war", .person = actor, .sort = sort}, 1),
              (std::vector<std::string>{cranes_title}));
  }
}

TEST_F(FilmStore, ASummaryNamesTheDirectorAndCountsThreads) {
  const FilmId film = add_film(database_, cranes());
  add_thread(database_, add_user(database_, "nora"), {film});
  const FilmSummary summary = list({}).items.at(0);
  EXPECT_EQ(summary.director, "Mikhail Kalatozov");
  EXPECT_EQ(summary.thread_count, 1);
  EXPECT_EQ(summary.countries, (std::vector<std::string>{"Soviet Union"}));
}

}  // namespace
}  // namespace foyer::persistence
