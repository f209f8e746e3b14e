#include "server/forum/tab_separated.hpp"

#include <algorithm>
#include <stdexcept>

#include "protocol/limits.hpp"
#include "server/forum/import_report.hpp"

namespace foyer::forum {
namespace {

void split(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t tab = std::min(line.find('\t', begin), line.size());
    const std::string_view field = line.substr(begin, tab - begin);
    fields.push_back(field == "\\N" ? std::string_view() : field);
    begin = tab + 1;
  }
}

}  // namespace

TabSeparatedFile::TabSeparatedFile(const std::string& path, const std::vector<std::string_view>& columns,
                                   ImportReport& report)
    : path_(path), reader_(path, limits::import_line_bytes), report_(report) {
  reader_.next();
  split(reader_.line(), fields_);
  width_ = fields_.size();
  for (const std::string_view column : columns) {
    const auto found = std::ranges::find(fields_, column);
    if (found == fields_.end()) {
      fail("has no column " + std::string(column));
    }
    places_.push_back(static_cast<std::size_t>(found - fields_.begin()));
  }
}

bool TabSeparatedFile::has_columns(std::string_view first_line, const std::vector<std::string_view>& columns) {
  std::vector<std::string_view> fields;
  split(first_line, fields);
  return std::ranges::all_of(columns, [&](std::string_view column) { return std::ranges::count(fields, column) == 1; });
}

bool TabSeparatedFile::next() {
  while (reader_.next()) {
    split(reader_.line(), fields_);
    if (reader_.too_long()) {
      skip_line(report_, path_, line(), too_long_reason(limits::import_line_bytes));
    } else if (fields_.size() == width_) {
      return true;
    } else if (!is_blank(reader_.line())) {
      skip_line(report_, path_, line(),
                "has " + std::to_string(fields_.size()) + " fields and not " + std::to_string(width_));
    }
  }
  return false;
}

void TabSeparatedFile::fail(const std::string& reason) const {
  throw std::runtime_error(path_ + ":" + std::to_string(line()) + ": " + reason);
}

bool TitleTable::go_to(std::string_view title) {
  while (!ended_) {
    if (!ahead_) {
      ended_ = !file_.next();
      if (ended_) {
        return false;
      }
      if (file_.field(0) < std::string_view(last_)) {
        file_.fail("is not in the order of the titles' ids");
      }
      last_ = file_.field(0);
      ahead_ = true;
    }
    if (file_.field(0) >= title) {
      return file_.field(0) == title;
    }
    ahead_ = false;
  }
  return false;
}

}  // namespace foyer::forum
