#include <gtest/gtest.h>

#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

FilmCredit credit(std::int64_t film, std::vector<std::string> parts = {}, std::optional<double> rating = {}) {
  return {
      {FilmId{film}, "film-" + std::to_string(film), "Film " + std::to_string(film), 1957}, std::move(parts), rating};
}

PersonPage content() {
  return {.person = {PersonId{12}, "aleksey-batalov", "Aleksey Batalov", {"Алексей Баталов", "Alexei Batalov"}, {}},
          .sections = {{JobGroup::directing, 1, {credit(1)}},
                       {JobGroup::acting, 57, {credit(2, {"Boris", "His Brother"}, 8.24), credit(3)}}},
          .threads = {thread()},
          .job = "",
          .page_number = 1,
          .page_count = 1};
}

TEST(PersonPage, ShowsOtherSpellingsAndTheFilmsByKindOfWork) {
  const auto page = person_page(guest_context(), content());
  EXPECT_TRUE(contains(page, "Also written Алексей Баталов, Alexei Batalov"));
  EXPECT_LT(page.find("<h2 id=\"directing\">Directing</h2>"), page.find("<h2 id=\"acting\">Acting</h2>"));
  EXPECT_TRUE(contains(page, "<a href=\"/films/2-film-2\"><cite class=\"film-title\">Film 2</cite></a> (1957)"));
  EXPECT_TRUE(contains(page, "as Boris, His Brother · 8.2 of 10"));
  EXPECT_TRUE(contains(page, "<a href=\"/people/12-aleksey-batalov?job=acting\">View all 57</a>"));
  EXPECT_EQ(count_of(page, "View all"), 1u);
  EXPECT_TRUE(contains(page, "Discussions about their films"));
  EXPECT_TRUE(contains(page, "The staircase shot"));
}

TEST(PersonPage, ShowsOneKindOfWorkPageByPage) {
  auto one = content();
  one.sections.erase(one.sections.begin());
  one.threads.clear();
  one.job = "acting";
  one.page_number = 2;
  one.page_count = 3;
  const auto page = person_page(guest_context(), one);
  EXPECT_TRUE(contains(page, "<h1>Aleksey Batalov: Acting</h1>"));
  EXPECT_TRUE(contains(page, "57 films"));
  EXPECT_TRUE(contains(
      page, "<link rel=\"canonical\" href=\"https://foyer.example/people/12-aleksey-batalov?job=acting&amp;page=2\">"));
  EXPECT_TRUE(contains(page, "rel=\"prev\" href=\"/people/12-aleksey-batalov?job=acting\""));
  EXPECT_TRUE(contains(page, "rel=\"next\" href=\"/people/12-aleksey-batalov?job=acting&amp;page=3\""));
  EXPECT_FALSE(contains(page, "Discussions about"));
}

TEST(PersonPage, SaysSoWhenNoFilmIsKnown) {
  auto bare = content();
  bare.sections.clear();
  bare.threads.clear();
  bare.person.variants.clear();
  const auto page = person_page(guest_context(), bare);
  EXPECT_TRUE(contains(page, "No film is known yet."));
  EXPECT_FALSE(contains(page, "Also written"));
}

}  // namespace
}  // namespace foyer::pages
