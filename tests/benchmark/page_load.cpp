#include "tests/benchmark/page_load.hpp"

#include <algorithm>
#include <stdexcept>

namespace foyer::benchmark {

using namespace std::chrono_literals;

PageLoad::PageLoad(const Subject& subject, std::size_t connections) : subject_(subject) {
  for (std::size_t at = 0; at < connections; ++at) {
    requesters_.push_back(std::make_unique<Requester>());
    requesters_.back()->on_answer = [this](int status, std::int64_t took) {
      ++answers_;
      refusals_ += status >= 400 ? 1 : 0;
      latencies_.add(took);
    };
    loop_.connect(*requesters_.back(), subject.port());
  }
}

std::string PageLoad::fetch(const std::string& request) {
  Requester& requester = *requesters_.front();
  requester.keep_bodies = true;
  requester.request(request);
  if (!loop_.run([&] { return requester.idle(); }, 10s)) {
    throw std::runtime_error(subject_.name() + " does not answer");
  }
  requester.keep_bodies = false;
  return requester.last_head() + requester.last_body();
}

bool PageLoad::ask(const std::string& request) {
  for (const auto& requester : requesters_) {
    if (requester->idle()) {
      request.starts_with("HEAD") ? requester->request_head(request) : requester->request(request);
      return true;
    }
  }
  return false;
}

Figures PageLoad::closed_loop(const std::function<std::string()>& request, int seconds) {
  return measure(
      [&] {
        for (const auto& requester : requesters_) {
          if (requester->idle()) {
            const std::string bytes = request();
            bytes.starts_with("HEAD") ? requester->request_head(bytes) : requester->request(bytes);
          }
        }
      },
      seconds);
}

Figures PageLoad::at_rate(double requests_per_second, const std::function<std::string()>& request, int seconds) {
  const std::int64_t begun = now_ns();
  std::int64_t asked = 0;
  return measure(
      [&] {
        while (static_cast<double>(asked) < static_cast<double>(now_ns() - begun) / 1e9 * requests_per_second &&
               ask(request())) {
          ++asked;
        }
      },
      seconds);
}

Figures PageLoad::measure(const std::function<void()>& step, int seconds) {
  answers_ = 0;
  refusals_ = 0;
  latencies_ = {};
  const ProcessorTime time(subject_.processes());
  const std::int64_t begun = now_ns();
  loop_.run(
      [&] {
        step();
        if (beside) {
          beside();
        }
        return now_ns() >= begun + seconds * 1'000'000'000LL;
      },
      60s);
  const auto all_answered = [&] {
    return std::ranges::all_of(requesters_, [](const auto& one) { return one->idle(); });
  };
  if (!loop_.run(all_answered, 30s) || refusals_ > 0) {
    throw std::runtime_error(subject_.name() + " refuses or does not answer: " + requesters_.front()->last_head());
  }
  const double lasted = static_cast<double>(now_ns() - begun) / 1e9;
  Figures figures{{"requests/s", static_cast<double>(answers_) / lasted},
                  {"p50 ms", latencies_.milliseconds(0.5)},
                  {"p99 ms", latencies_.milliseconds(0.99)}};
  for (const auto& [name, used] : time.used_ns()) {
    figures[name + " µs per unit"] = static_cast<double>(used) / 1'000 / static_cast<double>(answers_);
  }
  figures["requests per server CPU s"] = 1e6 / figures["server µs per unit"];
  return figures;
}

std::string get_request(const Subject& subject, const std::string& path, const std::string& headers,
                        const std::string& method) {
  return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(subject.port()) +
         "\r\nAccept: text/html\r\n" + headers + "\r\n";
}

}  // namespace foyer::benchmark
