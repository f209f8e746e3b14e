// foyer_benchmark [live|post|pages|forum|memory|removal|import|micro|all] [--peers] [--only WORDS] [--films FILE]
// [--lines FILE] [--rounds N] [--seconds N] [--json FILE]
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "tests/benchmark/sections.hpp"
#include "tests/support/live_crowd.hpp"

using namespace foyer::benchmark;

namespace {

using Section = std::function<void(const Options&, Report&)>;

const std::vector<std::pair<std::string, Section>>& sections() {
  static const std::vector<std::pair<std::string, Section>> all{
      {"live", bench_live},     {"post", bench_posts},      {"pages", bench_pages},   {"forum", bench_large_forum},
      {"memory", bench_memory}, {"removal", bench_removal}, {"import", bench_import}, {"micro", bench_micro}};
  return all;
}

[[noreturn]] void explain() {
  std::fputs(
      "usage: ./dev bench [live|post|pages|forum|memory|removal|import|micro|all] [--peers] [--only WORDS]\n"
      "       [--films FILE] [--lines FILE] [--rounds N] [--seconds N] [--json FILE]\n",
      stderr);
  std::exit(2);
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  std::string wanted = "all";
  std::string json;
  for (int at = 1; at < count; ++at) {
    const std::string word = arguments[at];
    const bool has_value = at + 1 < count;
    if (word == "--peers") {
      options.with_peers = true;
    } else if (word == "--only" && has_value) {
      options.only = arguments[++at];
    } else if (word == "--films" && has_value) {
      options.films = arguments[++at];
    } else if (word == "--lines" && has_value) {
      options.lines = arguments[++at];
    } else if (word == "--rounds" && has_value) {
      options.rounds = std::max(std::atoi(arguments[++at]), 1);
    } else if (word == "--seconds" && has_value) {
      options.seconds = std::max(std::atoi(arguments[++at]), 1);
    } else if (word == "--json" && has_value) {
      json = arguments[++at];
    } else if (word.starts_with("-")) {
      explain();
    } else {
      wanted = word;
    }
  }
  foyer::testing::raise_open_files();
  Report report;
  bool known = false;
  for (const auto& [name, section] : sections()) {
    // The pages of a large forum are a part of the work on pages that can be asked for alone.
    if (wanted == "all" || wanted == name || (wanted == "pages" && name == "forum")) {
      known = true;
      try {
        section(options, report);
      } catch (const std::exception& failure) {  // the other figures are still worth having
        std::cerr << name << " ended early: " << failure.what() << std::endl;
      }
    }
  }
  if (!known) {
    explain();
  }
  report.print(std::cout);
  if (!json.empty()) {
    report.write_json(json);
  }
  return 0;
}
