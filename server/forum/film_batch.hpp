// Gathers the films of an import, checks them as JSON lines are, and stores them a batch at a time, each in a
// transaction of its own. All that becomes of them goes into the report. One owner, one thread; references outlive it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "persistence/database.hpp"
#include "persistence/person_variants.hpp"
#include "server/forum/catalogue_import.hpp"

namespace foyer::forum {

class FilmBatch {
 public:
  FilmBatch(persistence::Database& database, const ImportOptions& options, ImportReport& report,
            const ImportProgress& progress);

  // Where the film was read stands in the report if it is not taken. Throws what persistence/errors.hpp says when the
  // database is away.
  void add(const std::string& file, std::int64_t line, const boost::json::object& film);
  // A JSON line as it was read.
  void add(const std::string& file, std::int64_t line, std::string_view text);
  // Other spellings of a name, of whom a film that was added names.
  void add(persistence::PersonVariants person);

  void show_progress() const;
  // Stores the rest and lets PostgreSQL count anew what its plans go by.
  void finish();

 private:
  struct Waiting {
    std::string file;
    std::int64_t line;
    persistence::FilmRecord film;
  };

  void store_waiting();
  void store_variants();
  void store(const std::vector<persistence::FilmRecord>& films);
  void note(const std::vector<persistence::FilmRecord>& films, const persistence::ImportedBatch& outcome,
            std::int64_t kept);

  persistence::Database& database_;
  ImportReport& report_;
  const ImportProgress& progress_;
  persistence::FilmImport import_;
  std::vector<Waiting> waiting_;
  std::vector<persistence::PersonVariants> variants_;  // stored behind the films
};

}  // namespace foyer::forum
