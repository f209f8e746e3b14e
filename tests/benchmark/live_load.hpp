// Subscribers and publishers on one subject.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "tests/benchmark/load.hpp"
#include "tests/benchmark/report.hpp"
#include "tests/benchmark/subject.hpp"

namespace foyer::benchmark {

class LiveLoad {
 public:
  // Connects everybody; returns when all are subscribed.
  LiveLoad(Subject& subject, std::size_t topics, std::size_t subscribers_per_topic);

  // As many messages under way as `window` says, each until its last subscriber has it.
  Figures in_flight(std::size_t window, int seconds);
  // So many messages a second, whatever becomes of them.
  Figures at_rate(double messages_per_second, int seconds);
  // As at_rate(), by frames on sockets of their own, which also watch.
  Figures from_sockets(double messages_per_second, int seconds, const Subscriber::Manner& manner,
                       const std::function<std::string(std::size_t topic, const std::string& mark)>& frame);
  // As in_flight(), by commands on a raw connection (to Redis) instead of requests.
  Figures injected(std::size_t window, int seconds, std::uint16_t port,
                   const std::function<std::string(std::size_t topic, const std::string& mark)>& command);

 private:
  class Injector;

  void publish(const std::function<void(std::size_t topic, const std::string& mark)>& by);
  bool publish_by_request();
  void warm_up();
  Figures measure(int seconds, const std::function<void()>& step);

  Subject& subject_;
  std::size_t topics_;
  std::size_t per_topic_;
  std::vector<Subscriber::Manner> manners_;
  Loop loop_;
  Deliveries deliveries_;
  std::vector<std::unique_ptr<Subscriber>> subscribers_;
  std::vector<std::unique_ptr<Requester>> requesters_;
  std::size_t next_topic_ = 0;
  std::size_t next_requester_ = 0;
};

}  // namespace foyer::benchmark
