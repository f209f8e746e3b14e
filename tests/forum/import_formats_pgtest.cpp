// IMDb's tables and Wikidata's entities on the way into the catalogue, from the invented films of tests/fixtures.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/forum/film_export.hpp"
#include "tests/forum/forum_world.hpp"
#include "tests/support/checkout.hpp"
#include "tests/support/temporary_file.hpp"

namespace foyer::forum {
namespace {

using foyer::testing::TemporaryFile;

class ImportFormats : public samples::ForumWorld {
 protected:
  static std::string fixture(const std::string& name) {
    return foyer::testing::checkout_folder() / "tests/fixtures" / name;
  }
  static std::string content(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(fixture(name), std::ios::binary).rdbuf();
    return text.str();
  }

  ImportReport imdb(const std::vector<std::string>& files, ImportOptions options = {}) {
    options.format = ImportFormat::imdb;
    return import_films(database, files, options, {});
  }
  ImportReport wikidata(const std::vector<std::string>& files, ImportOptions options = {}) {
    options.format = ImportFormat::wikidata;
    return import_films(database, files, options, {});
  }

  // As an export writes it.
  std::string film_line(const std::string& imdb_id) {
    return database.snapshot([&](persistence::Transaction& transaction) {
      const FilmId id = persistence::find_film_by_external_id(transaction, {"imdb", imdb_id}).value();
      return film_json_line(persistence::read_film_records(transaction, {id}).at(id).film);
    });
  }
  std::string films_and_people() {
    return sql("select (select count(*) from films) || ' ' || (select count(*) from people)");
  }
};

TEST_F(ImportFormats, ReadsAFolderOfImdbsTables) {
  const ImportReport report = imdb({fixture("imdb")});
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.lines, 5);
  EXPECT_EQ(report.films.added, 3);
  EXPECT_EQ(report.skipped, 0);
  EXPECT_EQ(report.passed_over,
            (std::map<std::string, std::int64_t>{
                {"no film but tvEpisode", 1}, {"pornographic", 1}, {"people without a name in name.basics", 1}}));
  EXPECT_EQ(film_line("tt9000001"),
            R"({"title":"The Paper Lighthouse","original_title":"Paperimajakka","alternative_titles":)"
            R"(["Le phare de papier","Бумажный маяк"],"year":1957,"runtime_min":97,)"
            R"("genres":["drama","science fiction","film noir"],)"
            R"("cast":[{"name":"Sirkka Lumi","character":"Liisa, Her Sister"},{"name":"Eero Tuuli"}],)"
            R"("crew":[{"name":"Aino Merikanto","job":"Director"},{"name":"Aino Merikanto","job":"Writer"},)"
            R"({"name":"Olavi Kurki","job":"Writer"},{"name":"Väinö Ääri","job":"Cinematographer"}],)"
            R"("imdb_id":"tt9000001"})"
            "\n");
  EXPECT_EQ(film_line("tt9000003"),
            R"({"title":"\"Quoted\" Film","cast":[{"name":"Eero Tuuli","character":"Self"}],"imdb_id":"tt9000003"})"
            "\n");
  EXPECT_EQ(imdb({fixture("imdb")}).films.unchanged, 3);
}

TEST_F(ImportFormats, ReadsImdbsTablesByTheirColumnsWhateverTheFilesAreCalled) {
  const TemporaryFile titles(content("imdb/title.basics.tsv"));
  const TemporaryFile ratings(content("imdb/title.ratings.tsv"));
  const ImportReport report = imdb({ratings.path(), titles.path()}, {.least_votes = 1'000});
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.films.added, 1);
  EXPECT_EQ(report.passed_over.at("too few votes"), 2);
  EXPECT_EQ(film_line("tt9000001").find("cast"), std::string::npos);
}

TEST_F(ImportFormats, SaysWhatIsWrongWithImdbsTablesByFileAndLine) {
  const std::string titles = content("imdb/title.basics.tsv");
  const TemporaryFile whole(titles);
  EXPECT_EQ(imdb({fixture("imdb/title.crew.tsv")}).failure,
            fixture("imdb/title.crew.tsv") + ": title.basics is missing");
  EXPECT_EQ(imdb({whole.path(), whole.path()}).failure, whole.path() + ": is a second title.basics");
  EXPECT_EQ(imdb({whole.path()}, {.least_votes = 1}).failure,
            whole.path() + ": title.ratings, which has the votes, is missing");
  for (const std::string& content : {std::string(), std::string("{}\n"), std::string(300'000, 'x')}) {
    const TemporaryFile other(content);
    EXPECT_EQ(imdb({whole.path(), other.path()}).failure,
              other.path() + ":1: names the columns of none of IMDb's tables");
  }
  EXPECT_EQ(films_and_people(), "1 0");  // the one of the world
  const TemporaryFile unordered(titles + "tt1\tmovie\tLate\tLate\t0\t1999\t\\N\t\\N\t\\N\n");
  EXPECT_EQ(imdb({unordered.path()}).failure, unordered.path() + ":7: is not in the order of the titles' ids");
  const TemporaryFile principals(
      "tconst\tordering\tnconst\tcategory\tjob\tcharacters\ntt9000001\t1\tnm1\tactor\n"
      "tt9000001\t2\tnm9000004\tactor\t\\N\t[broken\n");
  const TemporaryFile bad(titles +
                          "tt9000006\tmovie\tBad\tBad\t0\tnever\t\\N\t\\N\t\\N\n"
                          "tt9000007\tmovie\t\\N\t\\N\t0\t1999\t\\N\t\\N\t\\N\n"
                          "tt9000008\tmovie\tLast\tLast\t0\t1999\t\\N\t\\N\t\\N\n");
  const ImportReport report = imdb({bad.path(), principals.path(), fixture("imdb/name.basics.tsv")});
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.films.added, 4);
  std::vector<std::string> lines;
  lines.reserve(report.bad_lines.size());
  for (const auto& line : report.bad_lines) {
    lines.push_back((line.file == bad.path() ? "titles:" : "principals:") + std::to_string(line.number) + ": " +
                    line.reason);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"principals:2: has 4 fields and not 6",
                                             "principals:3: characters: must be a list of texts; taken without",
                                             "titles:7: year: must be a whole number", "titles:8: title: is missing"}));
}

TEST_F(ImportFormats, LosesOneFilmToBytesThatAreNoTextAndNoneToManyCharacters) {
  const std::string titles = content("imdb/title.basics.tsv");
  const TemporaryFile bad(titles.substr(0, titles.find('\n') + 1) +
                          "tt9000001\tmovie\tFirst\tFirst\t0\t1999\t\\N\t\\N\t\\N\n"
                          "tt9000002\tmovie\tBr\xffken\tBr\xffken\t0\t1999\t\\N\t\\N\t\\N\n"
                          "tt9000003\tmovie\tLast\tLast\t0\t1999\t\\N\t\\N\t\\N\n");
  std::string roles;
  for (int role = 0; role < 30; ++role)
    roles += (role > 0 ? ",\"Soldier " : "\"Soldier ") + std::to_string(role) + "\"";
  const TemporaryFile principals(
      "tconst\tordering\tnconst\tcategory\tjob\tcharacters\n"
      "tt9000003\t1\tnm9000004\tactor\t\\N\t[" +
      roles + "]\ntt9000003\t2\tnm9000005\tactor\t\\N\t\\N\n");
  const TemporaryFile names(
      "nconst\tprimaryName\tbirthYear\tdeathYear\tprimaryProfession\tknownForTitles\n"
      "nm9000004\tEero Tuuli\t\\N\t\\N\t\\N\t\\N\nnm9000005\tBr\xffken\t\\N\t\\N\t\\N\t\\N\n");
  const TemporaryFile akas(
      "titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle\n"
      "tt9000003\t1\tBr\xffken\t\\N\t\\N\t\\N\t\\N\t0\n");
  const ImportReport report = imdb({bad.path(), principals.path(), names.path(), akas.path()});
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.films.added, 2);
  std::vector<std::string> lines;
  lines.reserve(report.bad_lines.size());
  for (const auto& line : report.bad_lines) lines.push_back(std::to_string(line.number) + ": " + line.reason);
  std::sort(lines.begin(), lines.end());
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "2: title: not UTF-8");
  EXPECT_EQ(lines[1], "3: primaryName: not UTF-8");
  EXPECT_EQ(lines[2].find("3: title: "), 0U) << lines[2];
  EXPECT_NE(film_line("tt9000003").find("Soldier 0, Soldier 1, "), std::string::npos);
}

TEST_F(ImportFormats, ReadsADumpOfWikidataInTwoPasses) {
  const ImportReport report = wikidata({fixture("wikidata/dump.json")});
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.lines, 12);
  EXPECT_EQ(report.films.added, 1);
  EXPECT_EQ(report.skipped, 0);
  EXPECT_EQ(report.passed_over,
            (std::map<std::string, std::int64_t>{
                {"no film", 11}, {"people, countries, languages or genres without a name in these files", 1}}));
  EXPECT_EQ(film_line("tt9000001"),
            R"({"title":"The Paper Lighthouse","original_title":"Paperimajakka",)"
            R"("alternative_titles":["Lighthouse of Paper"],"year":1957,"release_date":"1957-10-12","runtime_min":97,)"
            R"("genres":["war","drama"],"countries":["United States"],"languages":["Finnish"],)"
            R"("cast":[{"name":"Sirkka Lumi","character":"Liisa"},{"name":"Eero Tuuli"}],)"
            R"("crew":[{"name":"Aino Merikanto","job":"Director"},{"name":"Aino Merikanto","job":"Writer"},)"
            R"({"name":"Väinö Ääri","job":"Cinematographer"}],"enwiki_title":"The Paper Lighthouse",)"
            R"("imdb_id":"tt9000001","wikidata_id":"Q900000001","external_ids":[{"source":"tmdb","id":"900001"}]})"
            "\n");
  EXPECT_EQ(wikidata({fixture("wikidata/dump.json")}).films.unchanged, 1);
}

TEST_F(ImportFormats, ReadsFilesOfEntitiesAndFindsTheNamesInAnyOfThem) {
  const ImportReport report = wikidata({fixture("wikidata/entity.json"), fixture("wikidata/dump.json")});
  EXPECT_EQ(report.films.added, 2);
  EXPECT_EQ(sql("select p.name from films f join film_people c on c.film_id = f.id join people p on p.id = c.person_id "
                "where f.title = 'A Film on Lines' and f.year = 1931"),
            "Aino Merikanto");
}

TEST_F(ImportFormats, SaysWhatIsWrongWithEntitiesByFileAndLine) {
  const TemporaryFile file("[\n{\"id\":\"Q1\"\n" + content("wikidata/dump.json").substr(2));
  const ImportReport report = wikidata({file.path()});
  EXPECT_EQ(report.failure, "");
  EXPECT_EQ(report.films.added, 1);
  ASSERT_EQ(report.bad_lines.size(), 1U);
  EXPECT_EQ(report.bad_lines[0].file + ":" + std::to_string(report.bad_lines[0].number), file.path() + ":2");
  const TemporaryFile other("title\tyear\nM\t1931\n");
  EXPECT_EQ(wikidata({other.path()}).failure, other.path() + ": no line of it is an entity of Wikidata");
}

TEST_F(ImportFormats, MergesWhatSeveralSourcesSayOfAFilm) {
  imdb({fixture("imdb")});
  const ImportReport report = wikidata({fixture("wikidata/dump.json")});
  EXPECT_EQ(report.films.changed, 1);
  const std::string line = film_line("tt9000001");
  for (const char* part :
       {R"("alternative_titles":["Le phare de papier","Бумажный маяк","Lighthouse of Paper"])", "\"1957-10-12\"",
        R"("countries":["United States"])", R"({"name":"Väinö Ääri","job":"Cinematographer"})", "\"Q900000001\""}) {
    EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
  }
  EXPECT_EQ(sql("select count(*) from people where name_key like 'aino%'"), "1");
  EXPECT_EQ(films_and_people(), "4 5");
}

TEST_F(ImportFormats, OfADryRunWriteNothing) {
  const ImportReport report = imdb({fixture("imdb")}, {.dry_run = true});
  EXPECT_EQ(report.films.added, 3);
  EXPECT_EQ(wikidata({fixture("wikidata/dump.json")}, {.dry_run = true}).films.added, 1);
  EXPECT_EQ(films_and_people(), "1 0");
}

TEST_F(ImportFormats, AnExportIsReadBackWithoutAChangeAndMakesTheSameCatalogueElsewhere) {
  imdb({fixture("imdb")});
  wikidata({fixture("wikidata/dump.json"), fixture("wikidata/entity.json")});
  const auto exported = [](persistence::Database& source) {
    std::string lines;
    export_films(source, [&](std::string_view portion) { lines += portion; });
    return lines;
  };
  const std::string lines = exported(database);
  const TemporaryFile file(lines);
  const ImportReport again = import_films(database, {file.path()}, {}, {});
  EXPECT_EQ(again.films.unchanged, 5);
  EXPECT_EQ(again.films.added + again.films.changed + again.skipped, 0);
  foyer::testing::TestDatabase elsewhere;
  persistence::Database other{{elsewhere.url(), 1}};
  EXPECT_EQ(import_films(other, {file.path()}, {}, {}).films.added, 5);
  EXPECT_EQ(exported(other), lines);
}

}  // namespace
}  // namespace foyer::forum
