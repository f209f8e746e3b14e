#include <algorithm>

#include <gtest/gtest.h>

#include "persistence/rail_store.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

class RailStore : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  FilmId cranes_ = add_film(database_, "The Cranes Are Flying");
  FilmId solaris_ = add_film(database_, "Solaris");

  ThreadRail rail_of(ThreadId thread) {
    return database_.snapshot([&](Transaction& t) { return read_thread_rail(t, find_thread(t, thread).value()); });
  }
  FrontRail front() {
    return database_.read([](Transaction& t) { return read_front_rail(t); });
  }
  void let_rest(ThreadId thread, const std::string& interval) {
    run_sql(test_.url(), "update threads set last_post_at = now() - interval '" + interval +
                             "' where id = " + std::to_string(thread.value));
  }
};

std::vector<std::string> titles(const std::vector<ThreadView>& threads) {
  std::vector<std::string> titles;
  std::ranges::transform(threads, std::back_inserter(titles), &ThreadView::title);
  return titles;
}

TEST_F(RailStore, AThreadsRailTellsOfItsFirstFilm) {
  FilmRecord record = film_record("Ivan's Childhood", 1962);
  record.countries = {"Soviet Union"};
  record.runtime_minutes = 95;
  record.crew = {{"Vladimir Bogomolov", "slug", "bogomolov", "Writer"},
                 {"Andrei Tarkovsky", "slug", "tarkovsky", "Director"}};
  const FilmId ivan = add_film(database_, record);
  const ThreadRail rail = rail_of(add_thread(database_, nora_, {ivan, cranes_}));
  ASSERT_TRUE(rail.film);
  EXPECT_EQ(rail.film->film.title, "Ivan's Childhood");
  EXPECT_EQ(rail.film->director, "Andrei Tarkovsky");
  EXPECT_EQ(rail.film->countries, std::vector<std::string>{"Soviet Union"});
  EXPECT_EQ(rail.film->runtime_minutes, 95);
  EXPECT_EQ(rail_of(add_thread(database_, nora_, {solaris_})).film->runtime_minutes, std::nullopt);
  EXPECT_EQ(rail_of(add_thread(database_, nora_, {})), ThreadRail{});
}

TEST_F(RailStore, OtherDiscussionsAreTheFilmsLastActiveOnesWithoutThisOneAndTheComments) {
  const ThreadId here = add_thread(database_, nora_, {cranes_}, "Here");
  for (int number = 1; number <= 6; ++number) {
    let_rest(add_thread(database_, nora_, {cranes_}, "No. " + std::to_string(number)),
             std::to_string(number) + " hours");
  }
  add_thread(database_, nora_, {solaris_}, "Elsewhere");
  database_.write([&](Transaction& t) {
    const ThreadId comments = ensure_comments_thread(t, cranes_, "Comments", "comments").id;
    insert_first_post(t, new_post(comments, nora_, "A comment"), take_seq(t, comments).value());
    return true;
  });
  EXPECT_EQ(titles(rail_of(here).other_threads),
            (std::vector<std::string>{"No. 1", "No. 2", "No. 3", "No. 4", "No. 5"}));
}

TEST_F(RailStore, FilmsOfTheWeekAreCountedByTheThreadsThatHadAPostInIt) {
  add_thread(database_, nora_, {solaris_});
  add_thread(database_, nora_, {cranes_});
  add_thread(database_, nora_, {cranes_, solaris_});
  add_thread(database_, nora_, {cranes_});
  let_rest(add_thread(database_, nora_, {add_film(database_, "Old news")}), "8 days");
  const std::vector<FilmOfTheWeek> films = front().films;
  ASSERT_EQ(films.size(), 2u);
  EXPECT_EQ(films[0].film.title, "The Cranes Are Flying");
  EXPECT_EQ(films[0].thread_count, 3);
  EXPECT_EQ(films[1].film.title, "Solaris");
  EXPECT_EQ(films[1].thread_count, 2);
}

TEST_F(RailStore, FirstDiscussionsAreThoseOfTheNewestMembersAndNoSecondOnes) {
  EXPECT_EQ(front(), FrontRail{});
  for (const char* name : {"ana", "bo", "cy"}) {
    const UserView member = add_user(database_, name);
    add_thread(database_, member, {cranes_}, std::string(name) + " begins");
    add_thread(database_, member, {cranes_}, std::string(name) + " goes on");
  }
  add_thread(database_, nora_, {solaris_}, "nora begins");
  const std::vector<ThreadView> first = front().first_threads;
  EXPECT_EQ(titles(first), (std::vector<std::string>{"nora begins", "cy begins", "bo begins"}));
  EXPECT_EQ(first.at(0).films.at(0).title, "Solaris");
}

}  // namespace
}  // namespace foyer::persistence
