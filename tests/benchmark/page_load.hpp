// Keep-alive connections that ask one server for pages.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/benchmark/load.hpp"
#include "tests/benchmark/report.hpp"
#include "tests/benchmark/subject.hpp"

namespace foyer::benchmark {

class PageLoad {
 public:
  PageLoad(const Subject& subject, std::size_t connections);

  // The whole answer, head and body.
  std::string fetch(const std::string& request);
  // All connections ask at once and again as soon as they are answered.
  Figures closed_loop(const std::function<std::string()>& request, int seconds);
  Figures at_rate(double requests_per_second, const std::function<std::string()>& request, int seconds);
  // Called in each round of the loop.
  std::function<void()> beside;

 private:
  Figures measure(const std::function<void()>& step, int seconds);
  bool ask(const std::string& request);

  const Subject& subject_;
  Loop loop_;
  std::vector<std::unique_ptr<Requester>> requesters_;
  Latencies latencies_;
  std::uint64_t answers_ = 0;
  std::uint64_t refusals_ = 0;
};

std::string get_request(const Subject& subject, const std::string& path, const std::string& headers = "",
                        const std::string& method = "GET");

}  // namespace foyer::benchmark
