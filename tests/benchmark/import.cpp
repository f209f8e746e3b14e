// Import: how long the catalogue takes into an empty database, and a second time when nothing has changed, and how much
// memory the program needs for it.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/benchmark/sections.hpp"
#include "tests/support/checkout.hpp"
#include "tests/support/services.hpp"

namespace foyer::benchmark {
namespace {

constexpr int synthetic_films = 63'639;  // as many as the large file of real films has, for which the goals were set

// About as long and as much repeated as real ones.
void write_film(std::ostream& out, int number) {
  const auto person = [&](int place) {
    return "Person " + std::to_string((number * 7'919 + place * 104'729) % 60'000);
  };
  out << R"({"title":"Film of the )" << number % 997 << " Names " << number << R"(","year":)" << 1900 + number % 124
      << R"(,"imdb_id":"tt)" << 10'000'000 + number << R"(","wikidata_id":"Q)" << 20'000'000 + number
      << R"(","runtime_min":)" << 60 + number % 90 << R"(,"genres":["drama","genre )" << number % 40
      << R"("],"countries":["Country )" << number % 60 << R"("],"languages":["Language )" << number % 50
      << R"("],"directors":[")" << person(0) << R"("],"writers":[")" << person(1) << R"("],"cast":[)";
  for (int place = 2; place < 9; ++place) {
    out << (place > 2 ? "," : "") << '"' << person(place) << '"';
  }
  out << R"(],"synopsis_source":"editorial","synopsis":")";
  for (int word = 0; word < 60; ++word) {
    out << "word" << (number * 31 + word * 17) % 5'000 << ' ';
  }
  out << "\"}\n";
}

std::filesystem::path make_films() {
  const auto path = std::filesystem::temp_directory_path() / ("foyer_bench_" + std::to_string(getpid()) + ".jsonl");
  std::ofstream out(path);
  for (int number = 0; number < synthetic_films; ++number) {
    write_film(out, number);
  }
  return path;
}

}  // namespace

ImportRun run_import(const std::string& file, const std::string& database_url) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("FOYER_DATABASE_URL", database_url.c_str(), 1);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    const std::string program = testing::foyer_program();
    ::execl(program.c_str(), "foyer", "import", "films", file.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child || status != 0) {
    throw std::runtime_error("the import failed");
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  return {.seconds = time.count(), .mebibytes = static_cast<double>(usage.ru_maxrss) / 1024};
}

void bench_import(const Options& options, Report& report) {
  const bool synthetic = options.films.empty();
  const std::filesystem::path file = synthetic ? make_films() : std::filesystem::path(options.films);
  const std::string work = synthetic ? "import of 63,639 made-up films" : "import of " + file.filename().string();
  testing::PostgresServer postgres(testing::PostgresServer::Safety::durable);
  for (int round = 0; round < options.rounds; ++round) {
    std::cerr << work << std::endl;
    const testing::TestDatabase database(postgres);
    const ImportRun first = run_import(file, database.url());
    const ImportRun again = run_import(file, database.url());
    report.add(work, "Foyer",
               {{"seconds", first.seconds},
                {"seconds, repeated", again.seconds},
                {"films", std::stod(testing::run_sql(database.url(), "select count(*) from films"))},
                {"MiB", std::max(first.mebibytes, again.mebibytes)}});
  }
  if (synthetic) {
    std::filesystem::remove(file);
  }
  report.goal_at_most(work + ": seconds", report.median(work, "Foyer", "seconds"), 60);
  report.goal_at_most(work + ": MiB", report.median(work, "Foyer", "MiB"), 200);
}

}  // namespace foyer::benchmark
