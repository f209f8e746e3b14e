// The kinds of work that are measured. Each adds its rounds and its goals to the report.
#pragma once

#include <string>

#include "tests/benchmark/report.hpp"

namespace foyer::benchmark {

struct Options {
  bool with_peers = false;
  std::string only;   // of the live section: kinds of work whose name contains this
  std::string films;  // of the import section: a file of films; without one they are made up
  int rounds = 3;
  int seconds = 2;  // of each measured stretch
};

void bench_live(const Options& options, Report& report);
void bench_posts(const Options& options, Report& report);
void bench_pages(const Options& options, Report& report);
void bench_memory(const Options& options, Report& report);
void bench_removal(const Options& options, Report& report);
void bench_import(const Options& options, Report& report);
void bench_micro(const Options& options, Report& report);

}  // namespace foyer::benchmark
