#include "server/forum/catalogue_import.hpp"

#include "persistence/errors.hpp"
#include "protocol/limits.hpp"
#include "server/forum/import_report.hpp"
#include "server/forum/line_reader.hpp"

namespace foyer::forum {
namespace {

using persistence::Database;
using persistence::FilmRecord;
using persistence::ImportCounts;
using persistence::Transaction;

struct NumberedFilm {
  std::int64_t line = 0;
  FilmRecord film;
};

void add(ImportCounts& sum, const ImportCounts& more) {
  sum.added += more.added;
  sum.changed += more.changed;
  sum.unchanged += more.unchanged;
}

ImportCounts store(Database& database, const std::vector<FilmRecord>& films) {
  return database.write([&](Transaction& transaction) { return persistence::upsert_films(transaction, films); });
}

// A batch that PostgreSQL refuses is tried film by film, so that one bad line costs itself only.
void store_batch(Database& database, std::vector<NumberedFilm>& batch, ImportReport& report) {
  std::vector<FilmRecord> films;
  films.reserve(batch.size());
  for (const NumberedFilm& numbered : batch) {
    films.push_back(numbered.film);
  }
  try {
    add(report.films, store(database, films));
  } catch (const persistence::DatabaseFailure&) {
    for (NumberedFilm& numbered : batch) {
      try {
        add(report.films, store(database, {std::move(numbered.film)}));
      } catch (const persistence::DatabaseFailure& failure) {
        skip_line(report, numbered.line, failure.what());
      }
    }
  }
  batch.clear();
}

}  // namespace

ImportReport import_films(Database& database, const std::string& path,
                          const std::function<void(const ImportReport&)>& progress) {
  LineReader reader(path, limits::import_line_bytes);
  ImportReport report;
  std::vector<NumberedFilm> batch;
  const auto flush = [&] {
    if (!batch.empty()) {
      store_batch(database, batch, report);
    }
    if (progress) {
      progress(report);
    }
  };
  while (reader.next()) {
    if (is_blank(reader.line())) {
      continue;
    }
    ++report.lines;
    if (reader.too_long()) {
      skip_line(report, reader.number(), "longer than " + std::to_string(limits::import_line_bytes / 1024) + " KiB");
      continue;
    }
    auto film = parse_film_line(reader.line());
    if (!film) {
      skip_line(report, reader.number(), film.error().detail);
      continue;
    }
    batch.push_back({reader.number(), std::move(*film)});
    if (batch.size() >= static_cast<std::size_t>(limits::import_batch_films)) {
      flush();
    }
  }
  flush();
  if (report.films.added + report.films.changed > 0) {
    database.read([](Transaction& transaction) { persistence::analyze_films(transaction); });
  }
  return report;
}

}  // namespace foyer::forum
