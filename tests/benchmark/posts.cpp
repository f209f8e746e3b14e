// Posting: durable posts by HTTP against one transaction for each post on eight connections.
#include <array>
#include <cstdio>
#include <iostream>
#include <stdexcept>

#include "tests/benchmark/page_load.hpp"
#include "tests/benchmark/sections.hpp"
#include "tests/support/checkout.hpp"

namespace foyer::benchmark {
namespace {

constexpr std::size_t in_flight = 64;
constexpr int own_connections = 8;
const std::string single = "limit: one transaction per post, 8 connections";

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (pipe != nullptr && std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) {
    text += buffer.data();
  }
  if (pipe == nullptr || ::pclose(pipe) != 0) {
    throw std::runtime_error("pgbench failed: " + text);
  }
  return text;
}

double number_after(const std::string& text, const std::string& name) {
  const std::size_t at = text.find(name);
  return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + name.size(), nullptr);
}

Figures one_by_one(FoyerSubject& foyer, std::size_t threads, int seconds) {
  const std::string url = foyer.forum().database_url();
  const ProcessorTime time({{"PostgreSQL", foyer.processes().at("PostgreSQL")}});
  const std::string author = testing::run_sql(url, "select min(author_id) from posts");
  const std::string text =
      output_of("pgbench --no-vacuum --protocol=prepared --client=" + std::to_string(own_connections) +
                " --jobs=1 --time=" + std::to_string(seconds) +
                " --file=" + (testing::checkout_folder() / "tests/benchmark/one_post.sql").string() +
                " --define=author=" + author + " --define=first=" + std::to_string(foyer.thread(0)) +
                " --define=last=" + std::to_string(foyer.thread(threads - 1)) + " \"" + url + "\" 2>&1");
  const double posts = number_after(text, "actually processed: ");
  return {{"posts/s", number_after(text, "tps = ")},
          {"PostgreSQL µs per unit", static_cast<double>(time.used_ns().at("PostgreSQL")) / 1'000 / posts}};
}

Figures by_foyer(FoyerSubject& foyer, std::size_t threads, int seconds) {
  PageLoad load(foyer, in_flight);
  std::size_t next = 0;
  const auto request = [&] {
    ++next;
    return foyer.publication(next % threads, "post " + std::to_string(next));
  };
  Figures figures = load.closed_loop(request, seconds);
  figures["posts/s"] = figures["requests/s"];
  return figures;
}

void race(const Options& options, Report& report, FoyerSubject& foyer, std::size_t threads, const std::string& work,
          double bound) {
  for (int round = 0; round < options.rounds; ++round) {
    std::cerr << work << ", round " << round + 1 << std::endl;
    report.add(work, "Foyer", by_foyer(foyer, threads, options.seconds));
    report.add(work, single, one_by_one(foyer, threads, options.seconds));
  }
  report.goal_at_least(work + ": durable posts/s against one transaction per post",
                       report.ratio(work, "Foyer", single, "posts/s"), bound);
}

}  // namespace

void bench_posts(const Options& options, Report& report) {
  constexpr std::size_t many = 1'000;
  FoyerSubject foyer(many, 1, FoyerSubject::Place::anywhere);
  const std::string hot = "posting, one thread, 64 in flight";
  race(options, report, foyer, 1, hot, 8);
  report.goal_at_most(hot + ": p99 ms", report.median(hot, "Foyer", "p99 ms"), 25);
  report.goal_at_most(hot + ": PostgreSQL CPU µs", report.median(hot, "Foyer", "PostgreSQL µs per unit"), 60);
  race(options, report, foyer, many, "posting, 1,000 threads, 64 in flight", 2.5);
}

}  // namespace foyer::benchmark
