// A hub on a loopback bus with a fake PostgreSQL and a clock turned by hand; a second one makes two nodes.
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "server/live/hub.hpp"
#include "tests/live/fakes.hpp"
#include "tests/live/loopback_bus.hpp"

namespace foyer::live {

constexpr Channel thread_1{ChannelKind::thread, 1};

struct TestNode {
  TestNode(boost::asio::io_context& context, LoopbackExchange& exchange, FakeBacklog& backlog, ManualClock& clock,
           std::string name)
      : bus(context.get_executor(), exchange), hub(std::move(name), bus, backlog, clock) {
    hub.start();
  }
  LoopbackBus bus;
  Hub hub;
};

class HubTest : public ::testing::Test {
 protected:
  using Numbers = std::vector<std::int64_t>;

  std::unique_ptr<Subscription> subscribe(FakeViewer& viewer, Channel channel = thread_1,
                                          std::optional<std::int64_t> since = std::nullopt) {
    SubscribeFrame frame{7, channel, std::nullopt};
    if (since) {
      frame.since = Seq{*since};
    }
    return node.hub.subscribe(viewer, frame);
  }
  // Lets the bus and PostgreSQL do all they have to do at this moment.
  void settle() {
    bool busy = true;
    while (busy) {
      context.restart();
      busy = context.poll() > 0;
      busy = backlog.answer_one() || busy;
    }
  }
  void advance(std::chrono::milliseconds by) {
    clock.advance(by);
    node.hub.run_due();
    settle();
    node.hub.run_due();
    settle();
  }
  // Committed on this node and published.
  void post(std::int64_t thread = 1, std::int64_t about = 0) {
    node.hub.publish(News{{backlog.commit(thread, about)}, {}});
    settle();
  }
  static Numbers range(std::int64_t first, std::int64_t last) {
    Numbers numbers;
    for (; first <= last; ++first) {
      numbers.push_back(first);
    }
    return numbers;
  }
  static std::int64_t seq_of(const boost::json::object& message) { return message.at("seq").as_int64(); }

  boost::asio::io_context context;
  LoopbackExchange exchange;
  FakeBacklog backlog;
  ManualClock clock;
  TestNode node{context, exchange, backlog, clock, "node-1"};
};

}  // namespace foyer::live
