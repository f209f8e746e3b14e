#include <gtest/gtest.h>

#include "server/forum/catalogue_import.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmRecord;

FilmRecord film_of(std::string_view line) {
  auto film = parse_film_line(line);
  EXPECT_TRUE(film.has_value()) << (film ? "" : film.error().detail);
  return film ? std::move(*film) : FilmRecord{};
}

std::string bad_field_of(std::string_view line) {
  const auto film = parse_film_line(line);
  return film ? "fine" : film.error().fields.at(0).field;
}

TEST(FilmLine, ReadsAllFields) {
  const FilmRecord film = film_of(R"({"title":"The Cranes Are Flying","year":1957,"release_date":"1957-10-12",
    "runtime_min":97,"directors":["Mikhail Kalatozov"],"writers":["Viktor Rozov"],
    "cast":["Tatyana Samoylova",{"name":"Aleksey Batalov","character":"Boris"}],
    "crew":[{"name":"Sergey Urusevsky","job":"Cinematographer"},{"name":"Mikhail Kalatozov","job":"Director"}],
    "genres":["drama","war"],"countries":["Soviet Union"],"languages":["Russian"],"synopsis":"One.\nTwo.",
    "synopsis_source":"wikipedia","enwiki_title":"The Cranes Are Flying","imdb_id":"tt0050634","wikidata_id":"Q1",
    "original_title":"Летят журавли","alternative_titles":["Quand passent les cigognes"],"cannes_year":1958,
    "sources":["cannes"],"something_new":{"a":[1]}})");
  EXPECT_EQ(film.slug, "the-cranes-are-flying");
  EXPECT_EQ(film.search_key, "the cranes are flying | летят журавли | quand passent les cigognes");
  EXPECT_EQ(film.year, 1957);
  EXPECT_EQ(film.release_date, "1957-10-12");
  EXPECT_EQ(film.runtime_minutes, 97);
  EXPECT_EQ(film.synopsis, "One.\nTwo.");
  EXPECT_EQ(film.synopsis_url, "https://en.wikipedia.org/wiki/The_Cranes_Are_Flying");
  ASSERT_EQ(film.cast.size(), 2U);
  EXPECT_EQ(film.cast[0].role, "");
  EXPECT_EQ(film.cast[1].role, "Boris");
  ASSERT_EQ(film.crew.size(), 3U);
  EXPECT_EQ(film.crew[0],
            (FilmRecord::Person{"Mikhail Kalatozov", "mikhail-kalatozov", "mikhail kalatozov", "Director"}));
  EXPECT_EQ(film.crew[1].role, "Writer");
  EXPECT_EQ(film.crew[2].role, "Cinematographer");
  EXPECT_EQ(film.external_ids,
            (std::vector<ExternalId>{{"imdb", "tt0050634"}, {"wikidata", "Q1"}, {"enwiki", "The Cranes Are Flying"}}));
}

TEST(FilmLine, NeedsNoMoreThanATitle) {
  const FilmRecord film = film_of(R"({"title":"Film","year":null,"cast":null})");
  EXPECT_FALSE(film.year);
  EXPECT_EQ(film.external_ids, (std::vector<ExternalId>{{"title", "film (unknown)"}}));
  EXPECT_EQ(film_of(R"({"title":"Film","release_date":"1999-02-28"})").year, 1999);
  EXPECT_EQ(film_of(R"({"title":"Film","year":1920})").external_ids[0].id, "film (1920)");
}

TEST(FilmLine, EncodesTheAddressOfItsSource) {
  const auto url = [](const std::string& page) {
    return film_of(R"({"title":"Film","synopsis_source":"wikipedia","enwiki_title":")" + page + "\"}").synopsis_url;
  };
  EXPECT_EQ(url("M (1931 film)"), "https://en.wikipedia.org/wiki/M_(1931_film)");
  EXPECT_EQ(url("Amélie?"), "https://en.wikipedia.org/wiki/Am%C3%A9lie%3F");
  EXPECT_EQ(film_of(R"({"title":"Film","synopsis_source":"editorial","enwiki_title":"Film"})").synopsis_url, "");
}

TEST(FilmLine, LinksToNothingButPagesOfTheWeb) {
  EXPECT_EQ(film_of(R"({"title":"Film","synopsis_url":"https://example.org/"})").synopsis_url, "https://example.org/");
  EXPECT_EQ(bad_field_of(R"({"title":"Film","synopsis_url":"javascript:alert"})"), "synopsis_url");
}

TEST(FilmLine, TakesIdsOfFurtherSourcesOnce) {
  const FilmRecord film = film_of(R"({"title":"Film","imdb_id":"tt1",
    "external_ids":[{"source":"imdb","id":"tt1"},{"source":"tmdb","id":"7"}]})");
  EXPECT_EQ(film.external_ids, (std::vector<ExternalId>{{"imdb", "tt1"}, {"tmdb", "7"}}));
  EXPECT_EQ(bad_field_of(R"({"title":"Film","external_ids":[{"source":"tmdb"}]})"), "external_ids[0].id");
}

TEST(FilmLine, KeepsEveryPersonOnce) {
  const FilmRecord film = film_of(R"({"title":"Film","cast":["Ana Öz","ana oz",{"name":"Ana Öz","character":"Twin"}],
    "directors":["Ana Öz"],"writers":["Ana Öz"]})");
  EXPECT_EQ(film.cast.size(), 2U);
  EXPECT_EQ(film.crew.size(), 2U);
  EXPECT_EQ(film.cast[0].name_key, film.crew[0].name_key);
  EXPECT_EQ(film_of(R"({"title":"Film","cast":["!!!"]})").cast[0].name_key, "!!!");
}

TEST(FilmLine, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(bad_field_of("not json"), "(line)");
  EXPECT_EQ(bad_field_of("[]"), "(line)");
  EXPECT_EQ(bad_field_of("{\"title\":\"a\xff\"}"), "(line)");
  EXPECT_EQ(bad_field_of("{}"), "title");
  EXPECT_EQ(bad_field_of(R"({"title":7})"), "title");
  EXPECT_EQ(bad_field_of(R"({"title":" "})"), "title");
  EXPECT_EQ(bad_field_of(R"({"title":"a\u0000b"})"), "title");
  EXPECT_EQ(bad_field_of(R"({"title":"a","year":"1957"})"), "year");
  EXPECT_EQ(bad_field_of(R"({"title":"a","year":3000})"), "year");
  EXPECT_EQ(bad_field_of(R"({"title":"a","runtime_min":0})"), "runtime_min");
  EXPECT_EQ(bad_field_of(R"({"title":"a","runtime_min":97.5})"), "runtime_min");
  EXPECT_EQ(bad_field_of(R"({"title":"a","release_date":"1957-02-30"})"), "release_date");
  EXPECT_EQ(bad_field_of(R"({"title":"a","release_date":"12.10.1957"})"), "release_date");
  EXPECT_EQ(bad_field_of(R"({"title":"a","genres":"drama"})"), "genres");
  EXPECT_EQ(bad_field_of(R"({"title":"a","genres":["x",2]})"), "genres[1]");
  EXPECT_EQ(bad_field_of(R"({"title":"a","cast":[{"character":"x"}]})"), "cast[0].name");
  EXPECT_EQ(bad_field_of(R"({"title":"a","cast":[[]]})"), "cast[0]");
  EXPECT_EQ(bad_field_of(R"({"title":"a","crew":["x"]})"), "crew[0]");
  EXPECT_EQ(bad_field_of(R"({"title":"a","crew":[{"name":"x"}]})"), "crew[0].job");
  EXPECT_EQ(bad_field_of("{\"title\":\"a\",\"synopsis\":\"" + std::string(6'000, 'x') + "\"}"), "synopsis");
}

TEST(FilmLine, RefusesListsWithoutEnd) {
  std::string line = R"({"title":"a","cast":["x")";
  for (int count = 0; count < 400; ++count) line += ",\"y\"";
  EXPECT_EQ(bad_field_of(line + "]}"), "cast");
}

}  // namespace
}  // namespace foyer::forum
