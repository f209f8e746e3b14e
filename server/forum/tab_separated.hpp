// One of IMDb's tables: a line with the names of its columns, then rows with a tab between the fields and \N where
// nothing is known. There is no quoting: a quotation mark is data. Rows with another number of fields, or too long, are
// reported and skipped. One owner, one thread; throws std::runtime_error as LineReader does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/forum/catalogue_import.hpp"
#include "server/forum/line_reader.hpp"

namespace foyer::forum {

class TabSeparatedFile {
 public:
  // The columns that are read; the file may have more, in any order. Bad rows go into the report, which outlives this.
  TabSeparatedFile(const std::string& path, const std::vector<std::string_view>& columns, ImportReport& report);

  // Whether the first line names these columns.
  static bool has_columns(std::string_view first_line, const std::vector<std::string_view>& columns);

  bool next();
  // Of the columns asked for, by their place there; "" when unknown. Valid until next().
  std::string_view field(std::size_t column) const { return fields_[places_[column]]; }

  const std::string& path() const { return path_; }
  std::int64_t line() const { return reader_.number(); }
  [[noreturn]] void fail(const std::string& reason) const;  // "file:line: reason"

 private:
  std::string path_;
  LineReader reader_;
  ImportReport& report_;
  std::vector<std::size_t> places_;
  std::size_t width_ = 0;
  std::vector<std::string_view> fields_;
};

// A table whose rows follow the ids of titles, read beside title.basics so that nothing of it is kept in memory.
class TitleTable {
 public:
  // The first column holds the title's id.
  TitleTable(const std::string& path, const std::vector<std::string_view>& columns, ImportReport& report)
      : file_(path, columns, report) {}

  // Calls `take(row)` for each row of the title; titles must be asked for in rising order. Throws when the rows are
  // not.
  template <class Take>
  void rows_of(std::string_view title, Take take) {
    while (go_to(title)) {
      take(file_);
      ahead_ = false;
    }
  }

 private:
  // Whether the row ahead is one of the title.
  bool go_to(std::string_view title);

  TabSeparatedFile file_;
  std::string last_;
  bool ahead_ = false;  // a row that is not taken yet
  bool ended_ = false;
};

}  // namespace foyer::forum
