// How the importers of this folder note lines that they skip.
#pragma once

#include <string>

#include "protocol/limits.hpp"
#include "server/forum/catalogue_import.hpp"

namespace foyer::forum {

inline void skip_line(ImportReport& report, std::int64_t number, std::string reason) {
  ++report.skipped;
  if (report.bad_lines.size() < limits::import_reported_lines) {
    report.bad_lines.push_back({number, std::move(reason)});
  }
}

// White space alone is no line: a file may end with some.
inline bool is_blank(const std::string& line) { return line.find_first_not_of(" \t") == std::string::npos; }

}  // namespace foyer::forum
