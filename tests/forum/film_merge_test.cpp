#include "server/forum/film_merge.hpp"

#include <gtest/gtest.h>

#include "server/forum/catalogue_import.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmRecord;
using persistence::StoredFilm;

FilmRecord film_of(const std::string& fields) {
  return parse_film_line(R"({"title":"Film","imdb_id":"tt1")" + (fields.empty() ? "" : "," + fields) + "}").value();
}

StoredFilm stored(const std::string& fields, std::vector<std::string> edited = {}) {
  return {.id = FilmId{1}, .film = film_of(fields), .edited_fields = std::move(edited), .told_before = false};
}

const std::string everything =
    R"("original_title":"Filmi","alternative_titles":["Le film"],"year":1957,"release_date":"1957-10-12",
    "runtime_min":97,"genres":["drama"],"countries":["Finland"],"languages":["Finnish"],"synopsis":"A text.",
    "synopsis_source":"editorial","cast":[{"name":"Ana","character":"Liisa"}],"directors":["Bo"],"writers":["Cy"])";

TEST(FilmMerge, TakesNothingAwayThatTheImportDoesNotKnow) {
  const FilmRecord merged = merge_film(stored(everything), film_of("")).film;
  EXPECT_EQ(merged.original_title, "Filmi");
  EXPECT_EQ(merged.alternative_titles.size(), 1U);
  EXPECT_EQ(merged.release_date, "1957-10-12");
  EXPECT_EQ(merged.year, 1957);
  EXPECT_EQ(merged.runtime_minutes, 97);
  EXPECT_EQ(merged.genres.size() + merged.countries.size() + merged.languages.size(), 3U);
  EXPECT_EQ(merged.synopsis, "A text.");
  EXPECT_EQ(merged.synopsis_source, "editorial");
  EXPECT_EQ(merged.cast.size(), 1U);
  EXPECT_EQ(merged.crew.size(), 2U);
  EXPECT_EQ(merged.search_key, "film | filmi | le film");
}

TEST(FilmMerge, ToldAgainNamesNobodyTwiceHoweverLongTheName) {
  const std::string cast =
      R"("cast":["A year in the life of a mother and her eleven children, all of them adopted","Bo"])";
  EXPECT_EQ(merge_film(stored(cast), film_of(cast)).film.cast.size(), 2U);
}

TEST(FilmMerge, TakesWhatTheImportKnows) {
  const MergedFilm merged = merge_film(
      stored(everything), film_of(R"("runtime_min":100,"genres":["war"],"synopsis":"Other.","original_title":"Elokuva",
        "synopsis_source":"wikipedia","enwiki_title":"Film","release_date":"1958-01-02","cast":["Dee"])"));
  EXPECT_EQ(merged.film.runtime_minutes, 100);
  EXPECT_EQ(merged.film.genres, std::vector<std::string>{"war"});
  EXPECT_EQ(merged.film.synopsis, "Other.");
  EXPECT_EQ(merged.film.synopsis_url, "https://en.wikipedia.org/wiki/Film");
  EXPECT_EQ(merged.film.release_date, "1958-01-02");
  EXPECT_EQ(merged.film.year, 1958);
  EXPECT_EQ(merged.film.cast.at(0).name, "Dee");
  EXPECT_EQ(merged.film.search_key, "film | elokuva | le film");
  EXPECT_FALSE(merged.kept_edit);
}

TEST(FilmMerge, NeverOverwritesWhatWasEditedHere) {
  const std::string other =
      R"("original_title":"x","alternative_titles":["y"],"year":1960,"release_date":"1960-01-01","runtime_min":1,
      "genres":["x"],"countries":["x"],"languages":["x"],"synopsis":"x","cast":["x"],"directors":["x"])";
  const StoredFilm before =
      stored(everything, {"title", "original_title", "alternative_titles", "release_date", "runtime_minutes", "genres",
                          "countries", "languages", "synopsis", "cast", "crew"});
  FilmRecord given = film_of(other);
  given.title = "Another title";
  given.slug = "another-title";
  const MergedFilm merged = merge_film(before, given);
  EXPECT_TRUE(merged.kept_edit);
  EXPECT_EQ(merged.film.title, "Film");
  EXPECT_EQ(merged.film.slug, "film");
  EXPECT_EQ(merged.film.original_title, "Filmi");
  EXPECT_EQ(merged.film.alternative_titles, before.film.alternative_titles);
  EXPECT_EQ(merged.film.release_date, "1957-10-12");
  EXPECT_EQ(merged.film.year, 1957);
  EXPECT_EQ(merged.film.runtime_minutes, 97);
  EXPECT_EQ(merged.film.genres, before.film.genres);
  EXPECT_EQ(merged.film.countries, before.film.countries);
  EXPECT_EQ(merged.film.languages, before.film.languages);
  EXPECT_EQ(merged.film.synopsis, "A text.");
  EXPECT_EQ(merged.film.cast, before.film.cast);
  EXPECT_EQ(merged.film.crew, before.film.crew);
  EXPECT_EQ(merged.film.search_key, before.film.search_key);
}

TEST(FilmMerge, SaysThatAnEditWasKeptOnlyWhereTheImportKnowsOtherwise) {
  EXPECT_FALSE(merge_film(stored(everything, {"genres", "cast"}), film_of(everything)).kept_edit);
  EXPECT_FALSE(merge_film(stored(everything, {"genres"}), film_of("")).kept_edit);
  EXPECT_TRUE(merge_film(stored("", {"genres"}), film_of(everything)).kept_edit);
}

TEST(FilmMerge, ABareYearDoesNotStandAgainstAKnownDay) {
  EXPECT_EQ(merge_film(stored(everything), film_of(R"("year":1958)")).film.year, 1957);
  EXPECT_EQ(merge_film(stored(R"("year":1957)"), film_of(R"("year":1958)")).film.year, 1958);
}

TEST(FilmMerge, OtherTitlesAddUp) {
  const auto titles = [](const std::string& given) {
    return merge_film(stored(everything), film_of(given)).film.alternative_titles;
  };
  EXPECT_EQ(titles(R"("alternative_titles":["Der Film","Le film","Film","Filmi"])"),
            (std::vector<std::string>{"Le film", "Der Film"}));
}

TEST(FilmMerge, ACharacterStaysWithAnActorWhoseRoleTheImportDoesNotKnow) {
  EXPECT_EQ(merge_film(stored(everything), film_of(R"("cast":["Ana"])")).film.cast.at(0).role, "Liisa");
  EXPECT_EQ(
      merge_film(stored(everything), film_of(R"("cast":[{"name":"Ana","character":"Eva"}])")).film.cast.at(0).role,
      "Eva");
}

TEST(FilmMerge, ACastKeepsWhomTheImportDoesNotNameButNoOtherSpellingOfWhomItDoes) {
  const auto cast = [](const std::string& given) {
    std::string words;
    const StoredFilm before =
        stored(R"("cast":[{"name":"Tatyana Samoylova","character":"Veronika"},"Aleksei Batalov","Vasili Merkuryev"])");
    for (const auto& person : merge_film(before, film_of(given)).film.cast) words += person.name + ";";
    return words;
  };
  EXPECT_EQ(cast(R"("cast":["Aleksey Batalov"])"), "Aleksey Batalov;Tatyana Samoylova;Vasili Merkuryev;");
  EXPECT_EQ(cast(R"("cast":["Tatiana Samoilova","Someone Else"])"),
            "Tatiana Samoilova;Someone Else;Aleksei Batalov;Vasili Merkuryev;");
  EXPECT_EQ(cast(R"("cast":[{"name":"T. Samoylova-Lanovaya","character":"Veronika"}])"),
            "T. Samoylova-Lanovaya;Aleksei Batalov;Vasili Merkuryev;");
}

TEST(FilmMerge, ReplacesACrewJobByJob) {
  const auto crew = [](const std::string& given) {
    std::string words;
    for (const auto& person : merge_film(stored(everything), film_of(given)).film.crew) {
      words += person.name + " " + person.role + ";";
    }
    return words;
  };
  EXPECT_EQ(crew(R"("directors":["Eva"])"), "Eva Director;Cy Writer;");
  EXPECT_EQ(crew(R"("crew":[{"name":"Fi","job":"Editor"}])"), "Bo Director;Cy Writer;Fi Editor;");
}

TEST(FilmMerge, ALaterLineOfTheSameImportOnlyFillsInWhatIsUnknown) {
  StoredFilm before = stored(R"("year":1957,"synopsis":"A text.","genres":["drama"],"directors":["Bo"])");
  before.told_before = true;
  const FilmRecord merged =
      merge_film(
          before,
          film_of(
              R"("year":1958,"synopsis":"Other.","genres":["war"],"directors":["Eva"],"writers":["Cy"],"runtime_min":97,
        "alternative_titles":["Der Film"],"cast":["Ana"])"))
          .film;
  EXPECT_EQ(merged.year, 1957);
  EXPECT_EQ(merged.synopsis, "A text.");
  EXPECT_EQ(merged.crew.at(0).name, "Bo");
  EXPECT_EQ(merged.crew.at(1).name, "Cy");
  EXPECT_EQ(merged.genres, std::vector<std::string>{"drama"});
  EXPECT_EQ(merged.runtime_minutes, 97);
  EXPECT_EQ(merged.alternative_titles, std::vector<std::string>{"Der Film"});
  EXPECT_EQ(merged.cast.size(), 1U);
}

TEST(FilmMerge, OfTheSameIsTheSame) {
  const StoredFilm before = stored(everything);
  const FilmRecord merged = merge_film(before, before.film).film;
  EXPECT_EQ(merged.crew, before.film.crew);
  EXPECT_EQ(merged.cast, before.film.cast);
  EXPECT_EQ(merged.alternative_titles, before.film.alternative_titles);
  EXPECT_EQ(merged.search_key, before.film.search_key);
}

}  // namespace
}  // namespace foyer::forum
