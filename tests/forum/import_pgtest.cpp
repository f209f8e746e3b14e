#include <filesystem>
#include <fstream>

#include <unistd.h>
#include <zlib.h>

#include "server/forum/films.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

class Import : public samples::ForumWorld {
 protected:
  void TearDown() override { std::filesystem::remove(path); }

  enum class Packed { no, cut };

  ImportReport films(const std::string& content, const ImportOptions& options = {}, Packed packed = Packed::no) {
    if (packed == Packed::no) {
      std::ofstream(path, std::ios::binary) << content;
    } else {
      const gzFile file = gzopen(path.c_str(), "wb");
      gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
      gzclose(file);
      std::filesystem::resize_file(path, std::filesystem::file_size(path) * 2 / 3);
    }
    return import_films(database, {path}, options, [this](const ImportReport&) { ++reports; });
  }

  ImportReport threads(const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
    return import_threads(database, path);
  }

  int reports = 0;
  const std::string path =
      std::filesystem::temp_directory_path() / ("foyer_import_" + std::to_string(getpid()) + ".jsonl");
};

const std::string two_films =
    R"({"title":"M","year":1931,"imdb_id":"tt0022100","directors":["Fritz Lang"],"cast":["Peter Lorre"]})"
    "\n"
    R"({"title":"Vampyr","year":1932,"imdb_id":"tt0023649"})"
    "\n";

TEST_F(Import, CanBeRepeatedWithoutDoubles) {
  const ImportReport first = films(two_films);
  EXPECT_EQ(first.lines, 2);
  EXPECT_EQ(first.films.added, 2);
  EXPECT_GE(reports, 1);
  const ImportReport second = films(two_films);
  EXPECT_EQ(second.films.added, 0);
  EXPECT_EQ(second.films.unchanged, 2);
  EXPECT_EQ(sql("select count(*) from films where title = 'M'"), "1");
  const ImportReport third = films(R"({"title":"M","year":1931,"imdb_id":"tt0022100","runtime_min":117})");
  EXPECT_EQ(third.films.changed, 1);
}

TEST_F(Import, SkipsBadLinesAndNamesThem) {
  const ImportReport report = films(two_films + "{broken\n\n" + R"({"title":"X","year":"old"})" + "\n" +
                                    std::string(300'000, 'x') + "\n" + R"({"title":"Y"})");
  EXPECT_EQ(report.lines, 6);
  EXPECT_EQ(report.films.added, 3);
  EXPECT_EQ(report.skipped, 3);
  ASSERT_EQ(report.bad_lines.size(), 3U);
  EXPECT_EQ(report.bad_lines[0].number, 3);
  EXPECT_EQ(report.bad_lines[1].number, 5);
  EXPECT_NE(report.bad_lines[1].reason.find("year"), std::string::npos);
  EXPECT_EQ(report.bad_lines[2].number, 6);
  EXPECT_EQ(import_films(database, {path + ".missing"}, {}, {}).failure,
            path + ".missing: cannot be opened: No such file or directory");
}

TEST_F(Import, TakesNothingAwayThatALaterFileDoesNotKnow) {
  films(two_films);
  films(R"({"title":"M","year":1931,"imdb_id":"tt0022100","genres":["crime"]})");
  EXPECT_EQ(sql("select genres[1] from films where title = 'M'"), "crime");
  EXPECT_EQ(sql("select count(*) from film_people"), "2");
}

TEST_F(Import, CountsTheFacetsAlsoWhereAnEarlierOneEndedBeforeItDid) {
  films(two_films);
  sql("delete from film_facets");
  EXPECT_EQ(films(two_films).films.unchanged, 2);
  EXPECT_EQ(sql("select sum(films) from film_facets where kind = 'decade'"), "3");
}

TEST_F(Import, NeverOverwritesWhatAHandChangedHere) {
  films(two_films);
  sql("update films set runtime_minutes = 111 where title = 'M'");
  sql("delete from film_people where department = 'cast'");
  const ImportReport report = films(
      R"({"title":"M","year":1931,"imdb_id":"tt0022100","runtime_min":117,"cast":["Peter Lorre"],"genres":["crime"]})");
  EXPECT_EQ(report.films.changed, 1);
  EXPECT_EQ(report.kept, 1);
  EXPECT_EQ(sql("select runtime_minutes from films where title = 'M'"), "111");
  EXPECT_EQ(sql("select count(*) from film_people where department = 'cast'"), "0");
  EXPECT_EQ(sql("select genres[1] from films where title = 'M'"), "crime");
}

TEST_F(Import, OfAFileThatTellsAFilmTwiceChangesNothingTheSecondTime) {
  const std::string lines = R"({"title":"M","year":1931,"imdb_id":"tt0022100","directors":["Fritz Lang"]})"
                            "\n"
                            R"({"title":"M","year":1932,"wikidata_id":"Q127021","directors":["Fritz Lang"]})"
                            "\n";
  EXPECT_EQ(films(lines).films.added, 1);
  EXPECT_EQ(films(lines).films.unchanged, 2);
  std::string spread = lines.substr(0, lines.find('\n') + 1);  // over two batches
  for (int number = 0; number < 600; ++number) {
    spread += R"({"title":"Film","imdb_id":"tt)" + std::to_string(number) + "\"}\n";
  }
  spread += lines.substr(lines.find('\n') + 1);
  EXPECT_EQ(films(spread).films.added, 600);
  EXPECT_EQ(films(spread).films.unchanged, 602);
  EXPECT_EQ(sql("select year from films where title = 'M'"), "1931");
}

TEST_F(Import, OfADryRunWritesNothingAndCountsAsTheRealOneDoes) {
  films(two_films);
  const std::string next = R"({"title":"M","imdb_id":"tt0022100","runtime_min":117})"
                           "\n"
                           R"({"title":"Vampyr","year":1932,"imdb_id":"tt0023649"})"
                           "\n"
                           R"({"title":"Fantômas","imdb_id":"tt0002844"})"
                           "\n"
                           R"({"title":"Fantômas","imdb_id":"tt0002844","year":1913})"
                           "\nbroken\n";
  const std::string before = sql("select string_agg(f::text, '' order by id) from films f");
  const ImportReport dry = films(next, {.dry_run = true});
  EXPECT_EQ(sql("select string_agg(f::text, '' order by id) from films f"), before);
  ASSERT_EQ(dry.changes.size(), 2U);
  EXPECT_EQ(dry.changes[0].film, "M");
  EXPECT_EQ(dry.changes[0].fields, std::vector<std::string>{"runtime_minutes"});
  const ImportReport real = films(next);
  for (const ImportReport* report : {&dry, &real}) {
    EXPECT_EQ(report->films.added, 1);
    EXPECT_EQ(report->films.changed, 2);
    EXPECT_EQ(report->films.unchanged, 1);
    EXPECT_EQ(report->skipped, 1);
  }
}

TEST_F(Import, OfAFileThatIsDamagedKeepsWhatWasWholeAndCanBeRepeated) {
  std::string lines;  // more than zlib reads ahead
  for (int number = 0; number < 3'000; ++number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (int word = 0; word < 60; ++word) {
      text += std::to_string(number * 7919 % 100'003 * (word + 1)) + " ";
    }
    lines.append(R"({"genres":["drama"],"title":"Film )").append(digits).append(R"(","imdb_id":"tt)").append(digits);
    lines.append(R"(","synopsis":")").append(text).append("\"}\n");
  }
  films(lines, {}, Packed::cut);
  EXPECT_EQ(sql("select films from film_facets where kind = 'genre' and value = 'drama'"),
            sql("select count(*) from films where genres @> '{drama}'"));
  const ImportReport report = films(lines, {}, Packed::cut);
  EXPECT_EQ(report.failure.find(path + ":"), 0U) << report.failure;
  EXPECT_NE(report.failure.find(": cannot be read: "), std::string::npos) << report.failure;
  EXPECT_GT(report.films.unchanged, 0);
  EXPECT_EQ(sql("select count(*) - 1 from films"), std::to_string(report.films.unchanged));
  EXPECT_EQ(films(lines).films.added, 3'000 - report.films.unchanged);
}

TEST_F(Import, OfAnotherFormatSaysThatNoLineIsAFilm) {
  const ImportReport report = films("tconst\ttitleType\ntt1\tmovie\n");
  EXPECT_EQ(report.failure, path + ": no line of it is a film; --format names other formats than JSON lines");
  EXPECT_EQ(films("").failure, "");
}

TEST_F(Import, ReadsWhatTheCatalogueSays) {
  films(two_films);
  const auto id = database.read([](persistence::Transaction& transaction) {
    return persistence::find_film_by_external_id(transaction, {"imdb", "tt0022100"});
  });
  const FilmView view = look(read_film, id.value()).value();
  EXPECT_EQ(view.crew.at(0).job, "Director");
  EXPECT_EQ(look(read_person, view.crew.at(0).id).value().name, "Fritz Lang");
}

const std::string samples_file =
    R"({"key":"sample-1","film_imdb_id":"tt0050634","kind":"discussion","title":"The staircase","author":"ines",)"
    R"("body":"How was it *shot*?","replies":[{"author":"jonas","body":"With a lift.","reply_to":1},)"
    R"({"author":"ines","body":"Thanks!","reply_to":2}]})"
    "\n"
    R"({"key":"sample-2","film_imdb_id":"tt0050634","kind":"comments","title":"","author":"jonas","body":"Cried.",)"
    R"("replies":[{"author":"mira","body":"Me too."}]})"
    "\n";

TEST_F(Import, MakesSampleThreadsOnce) {
  const ImportReport first = threads(samples_file);
  EXPECT_EQ(first.lines, 2);
  EXPECT_EQ(first.skipped, 0) << (first.bad_lines.empty() ? "" : first.bad_lines[0].reason);
  const auto everything = "select count(*) from posts";
  EXPECT_EQ(sql(everything), "5");
  EXPECT_EQ(sql("select count(*) from threads"), "2");
  EXPECT_EQ(sql("select count(*) from users where name in ('ines', 'jonas') and password_hash = ''"), "2");
  threads(samples_file);
  sql("delete from idempotency_keys");  // a week later
  threads(samples_file);
  EXPECT_EQ(sql(everything), "5");
  EXPECT_EQ(sql("select count(*) from threads"), "2");
  EXPECT_EQ(sql("select count(*) from users"), "5");
}

TEST_F(Import, CompletesASampleThreadOfWhichItMadeAPartOnly) {
  threads(samples_file);
  const auto replies =
      "select string_agg(body, '|' order by number) from posts where thread_id = (select id from threads "
      "where kind = 'discussion')";
  const std::string whole = sql(replies);
  sql("delete from idempotency_keys; update threads set post_count = 2 where kind = 'discussion'; delete from posts p "
      "using threads t where t.id = p.thread_id and t.kind = 'discussion' and p.number > 2");
  ASSERT_NE(sql(replies), whole);
  EXPECT_EQ(threads(samples_file).skipped, 0);
  EXPECT_EQ(sql(replies), whole);
}

TEST_F(Import, MakesNothingOfASampleThreadWithABadReply) {
  const ImportReport report = threads(
      R"({"key":"sample-9","film_imdb_id":"tt0050634","kind":"discussion","title":"abc","author":"ines","body":"x",)"
      R"("replies":[{"author":"jonas","body":"Good."},{"author":"jonas","body":" "}]})"
      "\n"
      R"({"key":"sample-10","film_imdb_id":"tt0050634","kind":"discussion","title":"abc","author":"ines","body":"x",)"
      R"("replies":[{"author":"jonas","body":"Good.","reply_to":2}]})"
      "\n");
  EXPECT_EQ(report.skipped, 2);
  EXPECT_EQ(report.bad_lines.at(0).reason.find("replies[1].body: "), 0U) << report.bad_lines.at(0).reason;
  EXPECT_EQ(report.bad_lines.at(1).reason, "replies[0].reply_to: must be from 1 to 1");
  EXPECT_EQ(sql("select count(*) from threads"), "0");
}

TEST_F(Import, SkipsBadSamples) {
  const ImportReport report = threads(
      R"({"key":"sample-1","film_imdb_id":"tt9999999","kind":"discussion","title":"abc","author":"ines","body":"x"})"
      "\n"
      R"({"key":"sample-2","film_imdb_id":"tt0050634","kind":"review","title":"abc","author":"ines","body":"x"})"
      "\n"
      R"({"key":"sample-3","film_imdb_id":"tt0050634","kind":"discussion","title":"abc","author":"admin","body":"x"})"
      "\n"
      R"({"key":"sample-4","film_imdb_id":"tt0050634","kind":"discussion","title":"","author":"ines","body":"x"})"
      "\nnonsense\n");
  EXPECT_EQ(report.skipped, 5);
  EXPECT_EQ(report.bad_lines.at(0).reason, "film_imdb_id: no film tt9999999 in the catalogue");
  EXPECT_EQ(sql("select count(*) from threads"), "0");
}

}  // namespace
}  // namespace foyer::forum
