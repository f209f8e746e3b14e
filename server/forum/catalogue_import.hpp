// `foyer import films`: JSON lines, plain or gzip, streamed. Bad lines are skipped and reported by number; a
// line over limits::import_line_bytes too. Repeatable: films are upserted by external id. And
// `foyer import threads`: the sample threads of deploy/catalogue, repeatable by their keys.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "persistence/database.hpp"
#include "persistence/film_store.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

struct ImportReport {
  std::int64_t lines = 0;
  persistence::ImportCounts films;
  std::int64_t skipped = 0;
  struct BadLine {
    std::int64_t number;
    std::string reason;
  };
  std::vector<BadLine> bad_lines;  // the first limits::import_reported_lines
};

// One line to a record; the error names the field.
Result<persistence::FilmRecord> parse_film_line(std::string_view line);

// Throws std::runtime_error when the file cannot be read, and what persistence/errors.hpp says.
ImportReport import_films(persistence::Database& database, const std::string& path,
                          const std::function<void(const ImportReport&)>& progress);

ImportReport import_threads(persistence::Database& database, const std::string& path);

}  // namespace foyer::forum
