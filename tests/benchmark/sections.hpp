// The kinds of work that are measured. Each adds its rounds and its goals to the report.
#pragma once

#include <string>

#include "tests/benchmark/report.hpp"

namespace foyer::benchmark {

struct Options {
  bool with_peers = false;
  std::string only;   // of the live section: kinds of work whose name contains this
  std::string films;  // of the import and forum sections: a file of films
  std::string lines;  // of the forum section: what people say, a line each
  int rounds = 3;
  int seconds = 2;  // of each measured stretch
};

struct ImportRun {
  double seconds = 0;
  double mebibytes = 0;  // resident at most
};
// Throws std::runtime_error when the import fails.
ImportRun run_import(const std::string& file, const std::string& database_url);

void bench_live(const Options& options, Report& report);
void bench_posts(const Options& options, Report& report);
void bench_pages(const Options& options, Report& report);
void bench_large_forum(const Options& options, Report& report);
void bench_memory(const Options& options, Report& report);
void bench_removal(const Options& options, Report& report);
void bench_import(const Options& options, Report& report);
void bench_micro(const Options& options, Report& report);

}  // namespace foyer::benchmark
