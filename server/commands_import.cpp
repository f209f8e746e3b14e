// migrate, import films and import threads of commands.hpp.
#include <cstdio>

#include <unistd.h>

#include "persistence/database.hpp"
#include "persistence/migrator.hpp"
#include "server/commands.hpp"
#include "server/forum/catalogue_import.hpp"

namespace foyer {
namespace {

long long shown(std::int64_t count) { return static_cast<long long>(count); }

void print_bad_lines(const std::string& file, const forum::ImportReport& report) {
  for (const auto& line : report.bad_lines) {
    std::fprintf(stderr, "%s:%lld: skipped: %s\n", file.c_str(), shown(line.number), line.reason.c_str());
  }
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

int import_films(const Config& config, const std::vector<std::string>& files) {
  persistence::Database database{{config.database_url, 1}};
  for (const std::string& file : files) {
    const auto progress = [](const forum::ImportReport& report) {
      if (isatty(STDOUT_FILENO) != 0) {
        std::printf("\r%lld lines", shown(report.lines));
        std::fflush(stdout);
      }
    };
    const forum::ImportReport report = forum::import_films(database, file, progress);
    print_bad_lines(file, report);
    std::printf("%s%s: %lld lines: %lld added, %lld changed, %lld unchanged, %lld skipped\n",
                isatty(STDOUT_FILENO) != 0 ? "\r" : "", file.c_str(), shown(report.lines), shown(report.films.added),
                shown(report.films.changed), shown(report.films.unchanged), shown(report.skipped));
  }
  return 0;
}

int import_threads(const Config& config, const std::vector<std::string>& files) {
  persistence::Database database{{config.database_url, 3}};
  for (const std::string& file : files) {
    const forum::ImportReport report = forum::import_threads(database, file);
    print_bad_lines(file, report);
    std::printf("%s: %lld threads, %lld skipped\n", file.c_str(), shown(report.lines - report.skipped),
                shown(report.skipped));
  }
  return 0;
}

}  // namespace foyer
