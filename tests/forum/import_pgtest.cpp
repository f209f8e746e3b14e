#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "server/forum/films.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

class Import : public samples::ForumWorld {
 protected:
  void TearDown() override { std::filesystem::remove(path); }

  ImportReport films(const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
    return import_films(database, path, [this](const ImportReport&) { ++reports; });
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
  EXPECT_THROW(import_films(database, path + ".missing", nullptr), std::runtime_error);
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
