#include "server/forum/film_export.hpp"

#include <gtest/gtest.h>

#include "server/forum/catalogue_import.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmRecord;

TEST(FilmExport, OfALineIsReadBackAsTheSameFilm) {
  const FilmRecord film = parse_film_line(R"({"title":"Film","original_title":"Filmi \"x\"","year":1957,
    "alternative_titles":["Фильм"],"release_date":"1957-10-12","runtime_min":97,"synopsis":"One.\nTwo.",
    "synopsis_source":"elsewhere","synopsis_url":"https://example.org/film","genres":["war"],"countries":["Finland"],
    "languages":["Finnish"],"cast":["Ana",{"name":"Bo","character":"Eva"}],"directors":["Cy"],"writers":["Cy"],
    "crew":[{"name":"Dee","job":"Editor"}],"imdb_id":"tt1","wikidata_id":"Q1","enwiki_title":"Film",
    "external_ids":[{"source":"imdb","id":"tt2"},{"source":"tmdb","id":"7"}]})")
                              .value();
  const FilmRecord again = parse_film_line(film_json_line(film)).value();
  EXPECT_EQ(again.title, film.title);
  EXPECT_EQ(again.original_title, film.original_title);
  EXPECT_EQ(again.alternative_titles, film.alternative_titles);
  EXPECT_EQ(again.year, film.year);
  EXPECT_EQ(again.release_date, film.release_date);
  EXPECT_EQ(again.runtime_minutes, film.runtime_minutes);
  EXPECT_EQ(again.synopsis, film.synopsis);
  EXPECT_EQ(again.synopsis_source, film.synopsis_source);
  EXPECT_EQ(again.synopsis_url, "https://example.org/film");
  EXPECT_EQ(again.genres, film.genres);
  EXPECT_EQ(again.countries, film.countries);
  EXPECT_EQ(again.languages, film.languages);
  EXPECT_EQ(again.cast, film.cast);
  EXPECT_EQ(again.crew, film.crew);
  EXPECT_EQ(again.search_key, film.search_key);
  EXPECT_EQ(again.external_ids, film.external_ids);
}

TEST(FilmExport, LeavesOutWhatIsUnknown) {
  EXPECT_EQ(film_json_line(parse_film_line(R"({"title":"Film","imdb_id":"tt1"})").value()),
            "{\"title\":\"Film\",\"imdb_id\":\"tt1\"}\n");
}

}  // namespace
}  // namespace foyer::forum
