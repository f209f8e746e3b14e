// migrate, import films, import threads and export films of commands.hpp.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include <unistd.h>

#include "persistence/database.hpp"
#include "persistence/migrator.hpp"
#include "protocol/limits.hpp"
#include "server/commands.hpp"
#include "server/forum/film_export.hpp"

namespace foyer {
namespace {

using forum::ImportReport;

constexpr const char* not_migrated = "the database is of an older version: run `foyer migrate` first";

long long shown(std::int64_t count) { return static_cast<long long>(count); }

void print_bad_lines(const ImportReport& report) {
  for (const auto& line : report.bad_lines) {
    std::fprintf(stderr, "%s:%lld: skipped: %s\n", line.file.c_str(), shown(line.number), line.reason.c_str());
  }
  if (const auto more = report.skipped - static_cast<std::int64_t>(report.bad_lines.size()); more > 0) {
    std::fprintf(stderr, "and %lld skipped more\n", shown(more));
  }
}

// On a terminal one line that grows; else, for a log, a line every now and then.
class Progress {
 public:
  void operator()(const ImportReport& report) {
    const auto now = std::chrono::steady_clock::now();
    if (terminal_ || now - last_ >= limits::import_progress_every) {
      last_ = now;
      std::fprintf(stderr, "%s%lld lines: %lld added, %lld changed, %lld skipped%s", terminal_ ? "\r" : "",
                   shown(report.lines), shown(report.films.added), shown(report.films.changed), shown(report.skipped),
                   terminal_ ? "" : "\n");
    }
  }
  void end() const { std::fputs(terminal_ ? "\n" : "", stderr); }

 private:
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// What changes is worth its names before it is done.
void print_changes(const ImportReport& report) {
  for (const auto& change : report.changes) {
    std::string fields;
    for (const std::string& field : change.fields) {
      fields += (fields.empty() ? ": " : ", ") + field;
    }
    std::printf("  would change %s%s\n", change.film.c_str(), fields.c_str());
  }
}

void print_report(const std::string& name, const ImportReport& report, const forum::ImportOptions& options) {
  print_bad_lines(report);
  if (options.dry_run) {
    print_changes(report);
  }
  for (const auto& [reason, count] : report.passed_over) {
    std::printf("  passed over: %lld %s\n", shown(count), reason.c_str());
  }
  if (report.kept > 0) {
    std::printf("  of %lld films what was edited here stays\n", shown(report.kept));
  }
  std::printf("%s: %s%lld lines: %lld added, %lld changed, %lld unchanged, %lld skipped\n", name.c_str(),
              options.dry_run ? "nothing is written; of " : "", shown(report.lines), shown(report.films.added),
              shown(report.films.changed), shown(report.films.unchanged), shown(report.skipped));
  std::fflush(stdout);  // why an import ended early is said behind it
}

int import_part(persistence::Database& database, const std::vector<std::string>& files,
                const forum::ImportOptions& options) {
  Progress progress;
  const ImportReport report =
      forum::import_films(database, files, options, [&](const ImportReport& state) { progress(state); });
  progress.end();
  print_report(files.front(), report, options);
  return report.failure.empty() ? 0 : fail(report.failure);
}

}  // namespace

int migrate(const Config& config) {
  const int applied = persistence::migrate(config.database_url, persistence::embedded_migrations(),
                                           [](const persistence::Migration& migration) {
                                             std::printf("applied %s\n", std::string(migration.name).c_str());
                                           });
  std::printf(applied == 0 ? "the database is up to date\n" : "%d migrations applied\n", applied);
  return 0;
}

int import_films(const Config& config, const ImportCommand& command) {
  persistence::Database database{{config.database_url, 1}};
  if (database.state() == persistence::DatabaseState::not_migrated) {
    return fail(not_migrated);  // else each film would be refused, one by one
  }
  if (command.options.format != forum::ImportFormat::json_lines) {
    return import_part(database, command.files, command.options);
  }
  int outcome = 0;
  for (const std::string& file : command.files) {
    outcome = std::max(outcome, import_part(database, {file}, command.options));
  }
  return outcome;
}

int import_threads(const Config& config, const std::vector<std::string>& files) {
  persistence::Database database{{config.database_url, 3}};
  for (const std::string& file : files) {
    const ImportReport report = forum::import_threads(database, file);
    print_bad_lines(report);
    std::printf("%s: %lld threads, %lld skipped\n", file.c_str(), shown(report.lines - report.skipped),
                shown(report.skipped));
  }
  return 0;
}

int export_films(const Config& config) {
  persistence::Database database{{config.database_url, 1}};
  if (database.state() == persistence::DatabaseState::not_migrated) {
    return fail(not_migrated);
  }
  const auto films = forum::export_films(database, [](std::string_view lines) {
    if (std::fwrite(lines.data(), 1, lines.size(), stdout) != lines.size() || std::fflush(stdout) != 0) {
      throw std::runtime_error(std::string("standard output cannot be written: ") + std::strerror(errno));
    }
  });
  std::fprintf(stderr, "%lld films\n", shown(films));
  return 0;
}

}  // namespace foyer
