// The commands around the catalogue as an operator calls them.
#include <gtest/gtest.h>

#include "tests/support/checkout.hpp"
#include "tests/support/node.hpp"
#include "tests/support/services.hpp"
#include "tests/support/temporary_file.hpp"

namespace foyer {
namespace {

using testing::ProgramResult;
using testing::TemporaryFile;

class ImportCommand : public ::testing::Test {
 protected:
  ProgramResult run(const std::vector<std::string>& arguments) {
    return testing::run_program(arguments, {{"FOYER_DATABASE_URL", database_.url()}});
  }
  std::string count() { return testing::run_sql(database_.url(), "select count(*) from films"); }
  static std::string fixture(const std::string& name) { return testing::checkout_folder() / "tests/fixtures" / name; }

  testing::TestDatabase database_;
};

void expect_said(const ProgramResult& result, int exit_code, const std::string& words) {
  EXPECT_EQ(result.exit_code, exit_code) << result.output;
  EXPECT_NE(result.output.find(words), std::string::npos) << result.output;
}

TEST_F(ImportCommand, SaysWhatADryRunWouldDoAndThenDoesIt) {
  const std::vector<std::string> command{"import", "films", "--format", "imdb", fixture("imdb")};
  std::vector<std::string> dry = command;
  dry.insert(dry.begin() + 2, "--dry-run");
  expect_said(run(dry), 0, "nothing is written; of 5 lines: 3 added, 0 changed, 0 unchanged, 0 skipped");
  EXPECT_EQ(count(), "0");
  expect_said(run(command), 0, "5 lines: 3 added");
  dry = {"import", "films", "--format", "wikidata", "--dry-run", fixture("wikidata/dump.json")};
  expect_said(run(dry), 0, "would change The Paper Lighthouse (1957): ");
  EXPECT_EQ(count(), "3");
}

TEST_F(ImportCommand, SkipsBadLinesByFileAndLineAndFailsOnlyWhereAFileCannotBeRead) {
  const TemporaryFile some("{\"title\":\"A\"}\nbroken\n");
  expect_said(run({"import", "films", some.path()}), 0, some.path() + ":2: skipped: ");
  EXPECT_EQ(count(), "1");
  const TemporaryFile none("broken\n");
  expect_said(run({"import", "films", none.path(), some.path()}), 1, "no line of it is a film");
  expect_said(run({"import", "films", "--format", "imdb", some.path()}), 1,
              some.path() + ":1: names the columns of none of IMDb's tables");
  expect_said(run({"import", "films", "--format", "other", some.path()}), 2, "--format");
}

TEST_F(ImportCommand, AsksForAMigrationBeforeItReadsAnything) {
  testing::run_sql(database_.url(),
                   "delete from schema_migrations where number = (select max(number) from schema_migrations)");
  expect_said(run({"import", "films", fixture("films.jsonl")}), 1, "run `foyer migrate` first");
  expect_said(run({"export", "films"}), 1, "run `foyer migrate` first");
}

TEST_F(ImportCommand, ExportsWhatAnImportReadsBackWithoutAChange) {
  run({"import", "films", fixture("films.jsonl")});
  const ProgramResult exported = run({"export", "films"});
  EXPECT_EQ(exported.exit_code, 0) << exported.output;
  std::string lines;
  std::size_t films = 0;
  for (std::size_t begin = 0, end = 0; (end = exported.output.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    if (exported.output[begin] == '{') {  // standard error stands in the output as well
      lines += exported.output.substr(begin, end - begin + 1);
      ++films;
    }
  }
  EXPECT_EQ(std::to_string(films), count());
  const TemporaryFile file(lines);
  expect_said(run({"import", "films", file.path()}), 0, "0 added, 0 changed, " + count() + " unchanged, 0 skipped");
}

}  // namespace
}  // namespace foyer
