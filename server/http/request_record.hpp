// The trace each request leaves: one log line and the metrics by route, status class and time. I/O thread only.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <string_view>

#include "server/http/message.hpp"
#include "server/runtime/metrics.hpp"

namespace foyer::http {

class RequestRecord {
 public:
  explicit RequestRecord(runtime::Metrics& metrics);

  // `pattern` is a literal of the route table, "(none)" when no route was found.
  void note(const Request& request, std::string_view pattern, int status, std::chrono::steady_clock::duration took);
  // A request that was refused before it was routed; `why` is a literal.
  void note_refusal(std::string_view why);

 private:
  using ByClass = std::array<prometheus::Counter*, 6>;

  runtime::Metrics& metrics_;
  std::map<std::string_view, ByClass> by_pattern_;  // as many as there are routes
  std::map<std::string_view, prometheus::Counter*> refusals_;
  prometheus::Histogram& seconds_;
};

}  // namespace foyer::http
