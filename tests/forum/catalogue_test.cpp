// The starter catalogue, deploy/catalogue/films.jsonl: enough films of all times and countries, each with what its page
// shows.
#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "server/forum/catalogue_import.hpp"
#include "tests/support/checkout.hpp"

namespace foyer::forum {
namespace {

TEST(Catalogue, HasWellOverAHundredFilmsOfAllDecadesAndManyCountriesInItsOwnWords) {
  std::ifstream catalogue(foyer::testing::checkout_folder() / "deploy/catalogue/films.jsonl");
  ASSERT_TRUE(catalogue);
  int films = 0;
  int with_characters = 0;
  std::set<int> decades;
  std::set<std::string> countries;
  std::set<std::string> titles;
  for (std::string line; std::getline(catalogue, line);) {
    const auto film = parse_film_line(line).value();
    ++films;
    ASSERT_TRUE(film.year) << film.title;
    decades.insert(*film.year / 10 * 10);
    countries.insert(film.countries.begin(), film.countries.end());
    with_characters += !film.cast.empty() && !film.cast.front().role.empty() ? 1 : 0;
    EXPECT_TRUE(titles.insert(film.title + std::to_string(*film.year)).second) << film.title;
    EXPECT_GT(film.synopsis.size(), 80U) << film.title;
    EXPECT_EQ(film.synopsis_source, "editorial") << film.title;
    EXPECT_FALSE(film.countries.empty() || film.genres.empty()) << film.title;
  }
  EXPECT_GE(films, 150);
  EXPECT_GE(with_characters, films * 9 / 10);
  for (int decade = 1890; decade <= 2020; decade += 10) EXPECT_TRUE(decades.contains(decade)) << decade;
  EXPECT_GE(countries.size(), 30U);
}

}  // namespace
}  // namespace foyer::forum
