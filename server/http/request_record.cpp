#include "server/http/request_record.hpp"

#include <string>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include "server/runtime/log.hpp"

namespace foyer::http {

RequestRecord::RequestRecord(runtime::Metrics& metrics)
    : metrics_(metrics),
      seconds_(metrics.histogram("foyer_http_request_seconds", "Time from the whole request to its answer",
                                 {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10})) {}

void RequestRecord::note(const Request& request, std::string_view pattern, int status,
                         std::chrono::steady_clock::duration took) {
  const std::size_t status_class = static_cast<std::size_t>(status / 100) % 6;
  prometheus::Counter*& counter = by_pattern_[pattern][status_class];
  if (counter == nullptr) {
    counter = &metrics_.counter("foyer_http_requests_total", "Answered requests",
                                {{"route", std::string(pattern)}, {"class", std::to_string(status_class) + "xx"}});
  }
  counter->Increment();
  const double seconds = std::chrono::duration<double>(took).count();
  seconds_.Observe(seconds);
  const auto level = status >= 400 ? runtime::LogLevel::info : runtime::LogLevel::debug;
  runtime::log(level, "request",
               {{"request", request.id},
                {"method", to_word(request.method)},
                {"route", pattern},
                {"status", std::int64_t{status}},
                {"milliseconds", seconds * 1000}});
}

void RequestRecord::note_refusal(std::string_view why) {
  prometheus::Counter*& counter = refusals_[why];
  if (counter == nullptr) {
    counter = &metrics_.counter("foyer_http_refused_total", "Connections and requests refused before routing",
                                {{"reason", std::string(why)}});
  }
  counter->Increment();
}

}  // namespace foyer::http
