#include "server/forum/waiting_films.hpp"

#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::forum {
namespace {

namespace json = boost::json;

json::object film(const char* text) { return json::parse(text).get_object(); }

struct Released {
  std::int64_t file;
  std::int64_t line;
  std::string film;
  friend bool operator==(const Released&, const Released&) = default;
};

std::vector<Released> release(WaitingFilms& films, std::int64_t& nameless) {
  std::vector<Released> released;
  nameless = films.release([&](std::int64_t file, std::int64_t line, const json::object& each) {
    released.push_back({file, line, json::serialize(each)});
  });
  return released;
}

TEST(WaitingFilms, ComeBackInOrderWithNamesInPlaceOfIds) {
  WaitingFilms films;
  films.add(
      0, 7,
      film(R"({"title":"A\nB","cast":[{"name":{"id":"n1"},"character":{"id":"n2"}}],"directors":[{"id":"n1"}]})"));
  films.add(1, 8, film(R"({"title":"C"})"));
  EXPECT_TRUE(films.wants("n2"));
  EXPECT_FALSE(films.wants("n3"));
  films.name("n1", "Ana \"A\"");
  films.name("n2", "Eva");
  films.name("n3", "Nobody");
  std::int64_t nameless = -1;
  EXPECT_EQ(release(films, nameless),
            (std::vector<Released>{
                {0, 7, R"({"title":"A\nB","cast":[{"name":"Ana \"A\"","character":"Eva"}],"directors":["Ana \"A\""]})"},
                {1, 8, R"({"title":"C"})"}}));
  EXPECT_EQ(nameless, 0);
  EXPECT_TRUE(release(films, nameless).empty());
  EXPECT_FALSE(films.wants("n1"));
}

TEST(WaitingFilms, WhoeverHasNoNameIsLeftOut) {
  WaitingFilms films;
  films.add(0, 1, film(R"({"cast":[{"name":{"id":"n1"},"character":"x"},{"name":{"id":"n2"},"character":{"id":"n1"}}],
    "genres":[{"id":"n1"},"war"]})"));
  films.name("n2", "Eva");
  std::int64_t nameless = 0;
  EXPECT_EQ(release(films, nameless).at(0).film, R"({"cast":[{"name":"Eva","character":""}],"genres":["war"]})");
  EXPECT_EQ(nameless, 1);
}

TEST(WaitingFilms, AreFullBeforeTheNamesOutgrowTheirBound) {
  WaitingFilms films;
  json::array people;
  for (std::size_t number = 0; number + 1 < limits::import_names; ++number) {
    people.push_back(name_of_id(std::to_string(number)));
  }
  films.add(0, 1, {{"cast", people}});
  EXPECT_FALSE(films.full());
  films.add(0, 2, {{"cast", {name_of_id("one more")}}});
  EXPECT_TRUE(films.full());
}

}  // namespace
}  // namespace foyer::forum
