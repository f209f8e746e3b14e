// `foyer import films`: JSON lines, IMDb's tables and Wikidata's entities, plain or gzip, streamed with bounded memory.
// All are translated into the fields of a JSON line and checked as one. What is wrong is skipped and reported by file
// and line. Batches are transactions of their own and films are found again, so that an import that was interrupted
// is repeated safely. And `foyer import threads`: the sample threads of deploy/catalogue, repeatable by their keys.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/database.hpp"
#include "persistence/film_store.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

enum class ImportFormat {
  json_lines,
  imdb,      // files or folders of IMDb's non-commercial tables; title.basics must be among them
  wikidata,  // a dump (an array with an entity per line) or files of entities
};

struct ImportOptions {
  ImportFormat format = ImportFormat::json_lines;
  bool dry_run = false;  // says what it would do and writes nothing
  int least_votes = 0;   // of IMDb: films with fewer votes in title.ratings are passed over
};

struct ImportReport {
  std::int64_t lines = 0;  // with something on them; of IMDb the rows of title.basics, of Wikidata entities
  persistence::ImportCounts films;
  std::int64_t kept = 0;  // films where something edited here was not overwritten
  std::int64_t skipped = 0;
  struct BadLine {
    std::string file;
    std::int64_t number;
    std::string reason;
  };
  std::vector<BadLine> bad_lines;  // the first limits::import_reported_lines of those skipped
  struct Change {
    std::string film;
    std::vector<std::string> fields;
  };
  std::vector<Change> changes;                      // the first limits::import_reported_lines of those changed
  std::map<std::string, std::int64_t> passed_over;  // what is in order and no film to take, by reason
  std::string failure;                              // why it ended early: "file:line: reason"; "" when it did not
};

using ImportProgress = std::function<void(const ImportReport&)>;

// One line to a record; the error names the field.
Result<persistence::FilmRecord> parse_film_line(std::string_view line);

// Never throws for what is in the files or for a database that goes away: that is the report's `failure`. What the
// report counts as added and changed by then is whole and stays. Calls `progress`, which may be empty, after each
// batch.
ImportReport import_films(persistence::Database& database, const std::vector<std::string>& files,
                          const ImportOptions& options, const ImportProgress& progress);

// Throws std::runtime_error when the file cannot be read, and what persistence/errors.hpp says.
ImportReport import_threads(persistence::Database& database, const std::string& path);

}  // namespace foyer::forum
