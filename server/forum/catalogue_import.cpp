#include "server/forum/catalogue_import.hpp"

#include <exception>
#include <stdexcept>

#include "protocol/limits.hpp"
#include "server/forum/film_batch.hpp"
#include "server/forum/import_formats.hpp"
#include "server/forum/import_report.hpp"
#include "server/forum/line_reader.hpp"

namespace foyer::forum {
namespace {

void import_json_lines(const std::string& path, ImportReport& report, FilmBatch& batch) {
  LineReader reader(path, limits::import_line_bytes);
  const std::int64_t lines_before = report.lines;
  const std::int64_t skipped_before = report.skipped;
  while (reader.next()) {
    if (is_blank(reader.line())) {
      continue;
    }
    ++report.lines;
    if (reader.too_long()) {
      skip_line(report, path, reader.number(), too_long_reason(limits::import_line_bytes));
    } else {
      batch.add(path, reader.number(), reader.line());
    }
  }
  const std::int64_t lines = report.lines - lines_before;
  if (lines > 0 && report.skipped - skipped_before == lines) {
    throw std::runtime_error(path + ": no line of it is a film; --format names other formats than JSON lines");
  }
}

void import_format(const std::vector<std::string>& files, const ImportOptions& options, ImportReport& report,
                   FilmBatch& batch) {
  switch (options.format) {
    case ImportFormat::imdb:
      return import_imdb(files, options, report, batch);
    case ImportFormat::wikidata:
      return import_wikidata(files, report, batch);
    case ImportFormat::json_lines:
      for (const std::string& file : files) {
        import_json_lines(file, report, batch);
      }
  }
}

}  // namespace

ImportReport import_films(persistence::Database& database, const std::vector<std::string>& files,
                          const ImportOptions& options, const ImportProgress& progress) {
  ImportReport report;
  FilmBatch batch(database, options, report, progress);
  const auto attempt = [&report](const auto& part) {
    try {
      part();
    } catch (const std::exception& failure) {
      report.failure += (report.failure.empty() ? "" : "; ") + std::string(failure.what());
    }
  };
  attempt([&] { import_format(files, options, report, batch); });
  attempt([&] { batch.finish(); });  // what was read before a failure is stored and counted like all else
  return report;
}

}  // namespace foyer::forum
