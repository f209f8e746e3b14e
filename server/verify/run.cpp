#include "server/verify/run.hpp"

#include <algorithm>

#include <boost/asio/steady_timer.hpp>

#include "protocol/limits.hpp"

namespace foyer::verify {
namespace {

using std::chrono::steady_clock;

constexpr auto retry_after_trouble = std::chrono::milliseconds(200);

bool is_final(const Answer& answer) {
  return answer.status != 0 && answer.status < 500 && answer.status != http_status(ErrorCode::rate_limited);
}

}  // namespace

Run::Run(const DeliveryOptions& asked, std::vector<NodeAddress> at, std::uint64_t from_seed)
    : options(asked), nodes(std::move(at)), random(from_seed), network(io.get_executor(), asked.token) {}

Task<bool> Run::pause(steady_clock::duration duration) {
  boost::asio::steady_timer timer(io);
  timer.expires_after(duration);
  boost::system::error_code ignored;
  co_await timer.async_wait(runtime::no_throw(ignored));
  co_return !over;
}

Task<Answer> Run::ask(std::vector<std::unique_ptr<HttpLink>>& links, std::size_t first, Question question,
                      TimePoint until) {
  const TimePoint give_up = steady_clock::now() + limits::verify_retry_time;
  TimePoint sent = steady_clock::now();
  for (std::size_t attempt = 0;; ++attempt) {
    Answer answer = co_await links[(first + attempt) % links.size()]->ask(question);
    answer.sent = sent;
    if (is_final(answer)) {
      co_return answer;
    }
    const bool refused = answer.status == http_status(ErrorCode::rate_limited);
    (refused ? limited : impeded) += 1;
    steady_clock::duration wait = retry_after_trouble;
    if (answer.retry_after_seconds) {
      wait = std::chrono::seconds(*answer.retry_after_seconds);
    }
    const TimePoint next = steady_clock::now() + wait;
    if (wait > limits::verify_pause_max || next > (refused ? until : give_up)) {
      co_return answer;
    }
    co_await pause(wait);
    sent = refused ? steady_clock::now() : sent;
  }
}

std::vector<std::unique_ptr<HttpLink>> Run::links() {
  std::vector<std::unique_ptr<HttpLink>> all;
  for (const NodeAddress& node : nodes) {
    all.push_back(network.http(node));
  }
  return all;
}

std::size_t Run::random_below(std::size_t bound) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
}

bool Run::full() const {
  return changes.size() >= limits::verify_changes_max ||
         static_cast<std::size_t>(sightings) >= limits::verify_sightings_max;
}

void Run::end() {
  over = true;
  for (const auto& socket : sockets) {
    if (socket) {
      socket->cut();
    }
  }
}

void Run::cannot_run(const std::string& words) { failure = failure.empty() ? words : failure; }

}  // namespace foyer::verify
