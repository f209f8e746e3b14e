#include "server/forum/tab_separated.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_file.hpp"

namespace foyer::forum {
namespace {

using foyer::testing::TemporaryFile;

// The rows as "a|b;", of the columns asked for.
std::string rows(const std::string& content, ImportReport& report) {
  const TemporaryFile file(content);
  TabSeparatedFile table(file.path(), {"id", "title"}, report);
  std::string found;
  while (table.next()) {
    found.append(table.field(0)).append("|").append(table.field(1)).append(";");
  }
  return found;
}

std::string failure_of(const std::string& content) {
  const TemporaryFile file(content);
  try {
    ImportReport report;
    TitleTable table(file.path(), {"id", "title"}, report);
    table.rows_of("tt9", [](const TabSeparatedFile&) {});
    return "";
  } catch (const std::runtime_error& failure) {
    return std::string(failure.what()).substr(file.path().size());
  }
}

TEST(TabSeparated, FindsItsColumnsInAnyOrderAndReadsOnlyBackslashNAsUnknown) {
  ImportReport report;
  EXPECT_EQ(rows("title\tmore\tid\nA\tx\ttt1\n\\N\t\ttt2\nN\t\\N\ttt3\n", report), "tt1|A;tt2|;tt3|N;");
  EXPECT_EQ(report.skipped, 0);
}

TEST(TabSeparated, TakesQuotationMarksAndCommasAsData) {
  ImportReport report;
  EXPECT_EQ(rows("id\ttitle\ntt1\t\"A\ntt2\t\"B\", C\"\n", report), "tt1|\"A;tt2|\"B\", C\";");
}

TEST(TabSeparated, SkipsRowsWithTooFewOrTooManyFieldsAndNamesThem) {
  ImportReport report;
  EXPECT_EQ(rows("id\ttitle\ntt1\ntt2\tB\n\ntt3\tC\tD\n" + std::string(300'000, 'x') + "\ntt5\tE\n", report),
            "tt2|B;tt5|E;");
  ASSERT_EQ(report.bad_lines.size(), 3U);
  EXPECT_EQ(report.bad_lines[0].number, 2);
  EXPECT_EQ(report.bad_lines[0].reason, "has 1 fields and not 2");
  EXPECT_EQ(report.bad_lines[1].number, 5);
  EXPECT_EQ(report.bad_lines[2].number, 6);
  EXPECT_EQ(report.bad_lines[2].reason, "longer than 256 KiB");
}

TEST(TabSeparated, SaysWhichColumnIsMissingInTheFirstLine) {
  EXPECT_EQ(failure_of("id\tname\n"), ":1: has no column title");
  EXPECT_EQ(failure_of(""), ":0: has no column id");
  EXPECT_EQ(failure_of("id\ttitle\n"), "");
  EXPECT_TRUE(TabSeparatedFile::has_columns("a\tb\tc", {"c", "a"}));
  EXPECT_FALSE(TabSeparatedFile::has_columns("a\tb\tc", {"c", "d"}));
}

TEST(TabSeparated, GivesTheRowsOfATitleAndPassesOverOthers) {
  const TemporaryFile file("id\ttitle\ntt1\tA\ntt2\tB\ntt2\tC\ntt4\tD\n");
  ImportReport report;
  TitleTable table(file.path(), {"id", "title"}, report);
  const auto titles = [&](const char* id) {
    std::string found;
    table.rows_of(id, [&](const TabSeparatedFile& row) { found += row.field(1); });
    return found;
  };
  EXPECT_EQ(titles("tt0"), "");
  EXPECT_EQ(titles("tt2"), "BC");
  EXPECT_EQ(titles("tt3"), "");
  EXPECT_EQ(titles("tt4"), "D");
  EXPECT_EQ(titles("tt5"), "");
}

TEST(TabSeparated, RefusesATableWhoseTitlesAreNotInOrder) {
  EXPECT_EQ(failure_of("id\ttitle\ntt2\tA\ntt1\tB\n"), ":3: is not in the order of the titles' ids");
}

}  // namespace
}  // namespace foyer::forum
