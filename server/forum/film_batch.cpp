#include "server/forum/film_batch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "persistence/errors.hpp"
#include "protocol/limits.hpp"
#include "server/forum/film_line.hpp"
#include "server/forum/film_merge.hpp"
#include "server/forum/import_fields.hpp"
#include "server/forum/import_report.hpp"
#include "server/forum/person_variants.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmOutcome;
using persistence::FilmRecord;
using persistence::ImportedBatch;
using persistence::StoredFilm;
using persistence::Transaction;

constexpr auto batch_size = static_cast<std::size_t>(limits::import_batch_films);

std::string shown(const FilmRecord& film) {
  return film.year ? film.title + " (" + std::to_string(*film.year) + ")" : film.title;
}

}  // namespace

FilmBatch::FilmBatch(persistence::Database& database, const ImportOptions& options, ImportReport& report,
                     const ImportProgress& progress)
    : database_(database), report_(report), progress_(progress) {
  import_.dry_run = options.dry_run;
}

void FilmBatch::add(const std::string& file, std::int64_t line, const boost::json::object& film) {
  Result<FilmRecord> record = checked_film(film);
  auto variants = checked_variants(film);
  if (!record || !variants) {
    skip_line(report_, file, line, record ? variants.error().detail : record.error().detail);
    return;
  }
  waiting_.push_back({file, line, std::move(*record)});
  std::ranges::move(*variants, std::back_inserter(variants_));
  if (waiting_.size() >= batch_size) {
    store_waiting();
  }
}

void FilmBatch::add(const std::string& file, std::int64_t line, std::string_view text) {
  boost::json::object film;
  try {
    film = parse_import_line(text);
  } catch (const BadField& bad) {
    skip_line(report_, file, line, bad.what());
    return;
  }
  add(file, line, film);
}

void FilmBatch::add(persistence::PersonVariants person) {
  variants_.push_back(std::move(person));
  if (variants_.size() >= batch_size) {
    store_waiting();
  }
}

void FilmBatch::show_progress() const {
  if (progress_) {
    progress_(report_);
  }
}

void FilmBatch::finish() {
  store_waiting();
  if (import_.dry_run) {
    return;
  }
  // Also after an import that has changed nothing: the one before may have died just here.
  database_.write([](Transaction& transaction) {
    persistence::take_time(transaction);
    return persistence::count_film_facets(transaction);
  });
  if (report_.films.added + report_.films.changed > 0) {
    database_.write([](Transaction& transaction) {
      persistence::take_time(transaction);
      persistence::analyze_films(transaction);
      return std::int64_t{0};
    });
  }
}

// A batch that PostgreSQL refuses is tried film by film, so that one bad line costs itself only.
void FilmBatch::store_waiting() {
  std::vector<FilmRecord> films;
  films.reserve(waiting_.size());
  for (const Waiting& waiting : waiting_) {
    films.push_back(waiting.film);
  }
  try {
    store(films);
  } catch (const persistence::DatabaseFailure&) {
    for (const Waiting& waiting : waiting_) {
      try {
        store({waiting.film});
      } catch (const persistence::DatabaseFailure& failure) {
        skip_line(report_, waiting.file, waiting.line, failure.what());
      }
    }
  }
  waiting_.clear();
  store_variants();
  show_progress();
}

void FilmBatch::store_variants() {
  if (!import_.dry_run && !variants_.empty()) {
    database_.write([&](Transaction& transaction) { return persistence::fill_variants(transaction, variants_); });
  }
  variants_.clear();
}

void FilmBatch::store(const std::vector<FilmRecord>& films) {
  std::int64_t kept = 0;
  import_.merge = [&kept](const StoredFilm& present, const FilmRecord& given) {
    MergedFilm merged = merge_film(present, given);
    kept += merged.kept_edit ? 1 : 0;
    return std::move(merged.film);
  };
  const auto job = [&](Transaction& transaction) {
    kept = 0;  // the job may be tried again
    return persistence::upsert_films(transaction, films, import_);
  };
  note(films, import_.dry_run ? database_.snapshot(job) : database_.write(job), kept);
}

void FilmBatch::note(const std::vector<FilmRecord>& films, const ImportedBatch& outcome, std::int64_t kept) {
  report_.films.added += outcome.added;
  report_.films.changed += outcome.changed;
  report_.films.unchanged += outcome.unchanged;
  report_.kept += kept;
  for (std::size_t at = 0; at < films.size(); ++at) {
    const persistence::ImportedFilm& film = outcome.films[at];
    if (import_.told.size() < limits::import_told_films) {
      import_.told.insert(film.id.value);
    }
    if (film.outcome == FilmOutcome::changed && report_.changes.size() < limits::import_reported_lines) {
      report_.changes.push_back({shown(films[at]), film.changed_fields});
    }
  }
}

}  // namespace foyer::forum
