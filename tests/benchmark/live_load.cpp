#include "tests/benchmark/live_load.hpp"

#include <algorithm>
#include <stdexcept>

namespace foyer::benchmark {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t publishers = 128;
constexpr std::size_t publishing_sockets = 8;
constexpr auto patience = 60s;
constexpr std::size_t warm_up_messages = 20;

}  // namespace

class LiveLoad::Injector final : public Connection {
 public:
  void inject(std::string_view command) { send(command); }

 private:
  void on_bytes(std::string_view) override {}  // the numbers of receivers
};

LiveLoad::LiveLoad(Subject& subject, std::size_t topics, std::size_t subscribers_per_topic)
    : subject_(subject), topics_(topics), per_topic_(subscribers_per_topic) {
  for (std::size_t topic = 0; topic < topics; ++topic) {
    manners_.push_back(subject.manner(topic));
  }
  for (std::size_t at = 0; at < topics * per_topic_; ++at) {
    subscribers_.push_back(std::make_unique<Subscriber>(manners_[at % topics], deliveries_));
    loop_.connect(*subscribers_.back(), subject.port());
    subscribers_.back()->start();
    if (at % 64 == 63) {
      loop_.run_for(0ms);
    }
  }
  const auto ready = [&] { return std::ranges::count_if(subscribers_, [](const auto& one) { return one->ready(); }); };
  if (!loop_.run([&] { return ready() == std::ssize(subscribers_); }, patience)) {
    throw std::runtime_error(subject.name() + ": only " + std::to_string(ready()) + " could subscribe");
  }
  for (std::size_t at = 0; at < publishers; ++at) {
    requesters_.push_back(std::make_unique<Requester>());
    loop_.connect(*requesters_.back(), subject.port());
  }
}

void LiveLoad::publish(const std::function<void(std::size_t topic, const std::string& mark)>& by) {
  const std::size_t topic = next_topic_++ % topics_;
  by(topic, deliveries_.begin(per_topic_));
}

// False when all publishers wait for their answers.
bool LiveLoad::publish_by_request() {
  for (std::size_t tried = 0; tried < requesters_.size(); ++tried) {
    Requester& requester = *requesters_[next_requester_++ % requesters_.size()];
    if (requester.idle()) {
      publish(
          [&](std::size_t topic, const std::string& mark) { requester.request(subject_.publication(topic, mark)); });
      return true;
    }
  }
  return false;
}

void LiveLoad::warm_up() {
  for (std::size_t at = 0; at < warm_up_messages; ++at) {
    publish_by_request();
    if (!loop_.run([&] { return deliveries_.under_way() == 0; }, patience)) {
      throw std::runtime_error(subject_.name() + ": a message was not delivered");
    }
  }
  deliveries_.forget_latencies();
}

Figures LiveLoad::measure(int seconds, const std::function<void()>& step) {
  const ProcessorTime time(subject_.processes());
  const std::uint64_t delivered = deliveries_.delivered();
  const std::size_t messages = deliveries_.messages();
  const std::int64_t begun = now_ns();
  const std::int64_t end = begun + seconds * 1'000'000'000LL;
  loop_.run(
      [&] {
        step();
        return now_ns() >= end;
      },
      patience);
  if (!loop_.run([&] { return deliveries_.under_way() == 0; }, patience)) {
    throw std::runtime_error(subject_.name() + ": " + std::to_string(deliveries_.under_way()) +
                             " messages did not reach everybody");
  }
  const double lasted = static_cast<double>(now_ns() - begun) / 1e9;
  const auto deliveries = static_cast<double>(deliveries_.delivered() - delivered);
  Figures figures{{"deliveries/s", deliveries / lasted},
                  {"messages/s", static_cast<double>(deliveries_.messages() - messages) / lasted},
                  {"p50 ms", deliveries_.latencies().milliseconds(0.5)},
                  {"p99 ms", deliveries_.latencies().milliseconds(0.99)},
                  {"p99.9 ms", deliveries_.latencies().milliseconds(0.999)}};
  for (const auto& [name, used] : time.used_ns()) {
    figures[name + " µs per unit"] = static_cast<double>(used) / 1'000 / deliveries;
  }
  figures["deliveries per server CPU s"] = 1e6 / figures["server µs per unit"];
  for (const auto& requester : requesters_) {
    if (requester->refusals() > 0) {
      throw std::runtime_error(subject_.name() + " refused: " + requester->last_head());
    }
  }
  return figures;
}

Figures LiveLoad::in_flight(std::size_t window, int seconds) {
  warm_up();
  return measure(seconds, [&] {
    while (deliveries_.under_way() < window && publish_by_request()) {
    }
  });
}

Figures LiveLoad::at_rate(double messages_per_second, int seconds) {
  warm_up();
  const std::int64_t begun = now_ns();
  std::int64_t sent = 0;
  return measure(seconds, [&] {
    while (static_cast<double>(sent) < static_cast<double>(now_ns() - begun) / 1e9 * messages_per_second &&
           publish_by_request()) {
      ++sent;
    }
  });
}

Figures LiveLoad::from_sockets(double messages_per_second, int seconds, const Subscriber::Manner& manner,
                               const std::function<std::string(std::size_t topic, const std::string& mark)>& frame) {
  Deliveries seen_by_publishers;  // not part of what is measured
  std::vector<std::unique_ptr<Subscriber>> sockets;
  for (std::size_t at = 0; at < publishing_sockets; ++at) {
    sockets.push_back(std::make_unique<Subscriber>(manner, seen_by_publishers));
    loop_.connect(*sockets.back(), subject_.port());
    sockets.back()->start();
  }
  const auto ready = [&] { return std::ranges::all_of(sockets, [](const auto& one) { return one->ready(); }); };
  if (!loop_.run(ready, patience)) {
    throw std::runtime_error(subject_.name() + ": the publishers could not subscribe");
  }
  warm_up();
  const std::int64_t begun = now_ns();
  std::size_t sent = 0;
  return measure(seconds, [&] {
    while (static_cast<double>(sent) < static_cast<double>(now_ns() - begun) / 1e9 * messages_per_second) {
      publish(
          [&](std::size_t topic, const std::string& mark) { sockets[sent % sockets.size()]->say(frame(topic, mark)); });
      ++sent;
    }
  });
}

Figures LiveLoad::injected(std::size_t window, int seconds, std::uint16_t port,
                           const std::function<std::string(std::size_t topic, const std::string& mark)>& command) {
  Injector injector;
  loop_.connect(injector, port);
  return measure(seconds, [&] {
    while (deliveries_.under_way() < window) {
      publish([&](std::size_t topic, const std::string& mark) { injector.inject(command(topic, mark)); });
    }
  });
}

}  // namespace foyer::benchmark
