#include <gtest/gtest.h>

#include "server/pages/pages.hpp"
#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

TEST(FilmListPage, AnEmptyListSaysWhichOfWhatItIsNarrowedByExcludesMost) {
  const FilmSearch search{.text = "ran", .country = "France", .discussed = "now"};
  FilmListPage page{.films = {}, .search = search, .facets = {}, .next_address = "", .looser = looser_searches(search)};
  ASSERT_EQ(page.looser.size(), 3u);
  EXPECT_EQ(page.looser[1].words, "Any country");
  EXPECT_EQ(address_of(page.looser[1].search), "/films?q=ran&discussed=now");
  page.looser[1].count = 1;
  page.looser[2].count = 12;
  const auto list = part_of(film_list_page(guest_context(), page), "<ul class=\"looser\">", "</ul>");
  EXPECT_EQ(list,
            "<ul class=\"looser\"><li><a href=\"/films?q=ran&amp;country=France\">Discussed or not</a>: 12 films</li>"
            "<li><a href=\"/films?q=ran&amp;discussed=now\">Any country</a>: 1 film</li></ul>");
}

TEST(FilmListPage, OneThingAloneHasNothingToBeLeftOutOf) {
  EXPECT_TRUE(looser_searches({.decade = "1950"}).empty());
  EXPECT_TRUE(looser_searches({}).empty());
}

TEST(FilmListPage, WhatIsSearchedForHasTheBestMatchFirstUnlessAnotherOrderIsAskedFor) {
  const auto chosen = [](const FilmSearch& search) {
    const auto page = film_list_page(guest_context(),
                                     {.films = {}, .search = search, .facets = {}, .next_address = "", .looser = {}});
    return part_of(part_of(page, "name=\"sort\">", "</select>"), " selected>", "<");
  };
  EXPECT_EQ(chosen({}), " selected>Title<");
  EXPECT_EQ(chosen({.text = "ran"}), " selected>Best match<");
  EXPECT_EQ(chosen({.text = "ran", .sort = "year"}), " selected>Year<");
  EXPECT_EQ(chosen({.sort = "relevance"}), " selected>Title<");
}

TEST(FilmListPage, AnOrderThatLeavesFilmsOutSaysSo) {
  FilmListPage page;
  page.films.items.emplace_back();
  page.search = {.genre = "drama", .sort = "rating"};
  page.count = 1;
  EXPECT_TRUE(contains(film_list_page(guest_context(), page),
                       "1 film with a rating · <a href=\"/films?genre=drama&amp;sort=title\">All by title</a>"));
  page.search.sort = "year";
  EXPECT_TRUE(contains(film_list_page(guest_context(), page), "film-count\">1 film</p>"));
  const auto looser = looser_searches({.genre = "drama", .sort = "activity"});
  ASSERT_EQ(looser.size(), 2U);
  EXPECT_EQ(looser[1].words, "Ordered by title");
  EXPECT_EQ(looser_searches({.text = "ran", .sort = "rating"}).at(1).words, "Ordered by the best match");
}

TEST(FilmListPage, WhatIsNotFoundByTitleCanBeLookedForEverywhere) {
  FilmListPage page;
  page.search.text = "crnaes";
  EXPECT_TRUE(contains(film_list_page(guest_context(), page), "<a href=\"/search?q=crnaes\">Search everything"));
}

TEST(FilmListPage, MembersAreOfferedWhatTheyHaveMarked) {
  FilmListPage page;
  page.search.mine = "watchlist";
  EXPECT_FALSE(contains(film_list_page(guest_context(), page), "name=\"mine\""));
  const auto shown = film_list_page(member_context(mira()), page);
  EXPECT_TRUE(contains(shown, "<option value=\"watchlist\" selected>On my watchlist</option>"));
  EXPECT_TRUE(contains(shown, "<li><a href=\"/films\">On my watchlist "));
}

}  // namespace
}  // namespace foyer::pages
