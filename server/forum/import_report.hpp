// How the importers of this folder note lines that they skip or pass over.
#pragma once

#include <string>

#include "protocol/limits.hpp"
#include "server/forum/catalogue_import.hpp"

namespace foyer::forum {

inline void skip_line(ImportReport& report, const std::string& file, std::int64_t number, std::string reason) {
  ++report.skipped;
  if (report.bad_lines.size() < limits::import_reported_lines) {
    report.bad_lines.push_back({file, number, std::move(reason)});
  }
}

// For lines without fault. Reasons may hold words of the file, which could be many.
inline void pass_over(ImportReport& report, const std::string& reason, std::int64_t count = 1) {
  const bool room = report.passed_over.size() < limits::import_passed_over || report.passed_over.contains(reason);
  report.passed_over[room ? reason : "other reasons"] += count;
}

// White space alone is no line: a file may end with some.
inline bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

inline std::string too_long_reason(std::size_t most_bytes) {
  return "longer than " + std::to_string(most_bytes / 1024) + " KiB";
}

}  // namespace foyer::forum
