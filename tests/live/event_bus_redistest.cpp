// What every EventBus promises, held against both: the one on a real Redis and the one within the process.
#include <memory>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "server/live/event_bus.hpp"
#include "server/live/redis_bus.hpp"
#include "tests/live/bus_recorder.hpp"
#include "tests/live/loopback_bus.hpp"
#include "tests/support/services.hpp"

namespace foyer::live {
namespace {

struct Loopback {
  std::unique_ptr<EventBus> make(boost::asio::io_context& context) {
    return std::make_unique<LoopbackBus>(context.get_executor(), exchange);
  }
  LoopbackExchange exchange;
};

struct OnRedis {
  std::unique_ptr<EventBus> make(boost::asio::io_context& context) {
    const auto port = static_cast<std::uint16_t>(testing::shared_redis().port());
    return std::make_unique<RedisBus>(context, RedisAddress{"127.0.0.1", port});
  }
};

template <class Kind>
class EventBusTest : public ::testing::Test {
 protected:
  using Texts = std::vector<std::string>;

  EventBusTest() {
    a->start(heard_by_a);
    b->start(heard_by_b);
    EXPECT_TRUE(run_until(context, [this] { return heard_by_a.connects == 1 && heard_by_b.connects == 1; }));
  }
  ~EventBusTest() override {
    a->stop();
    b->stop();
    context.restart();
    context.poll();
  }
  void subscribe(EventBus& bus, BusRecorder& recorder, const std::string& topic) {
    const auto before = recorder.subscribed.size();
    bus.subscribe(topic);
    ASSERT_TRUE(run_until(context, [&] { return recorder.subscribed.size() > before; }));
    EXPECT_EQ(recorder.subscribed.back(), topic);
  }
  bool a_hears(std::size_t count) {
    return run_until(context, [&] { return heard_by_a.texts.size() >= count; });
  }

  boost::asio::io_context context{1};
  Kind kind;
  BusRecorder heard_by_a;
  BusRecorder heard_by_b;
  std::unique_ptr<EventBus> a = kind.make(context);
  std::unique_ptr<EventBus> b = kind.make(context);
};

using Kinds = ::testing::Types<Loopback, OnRedis>;
TYPED_TEST_SUITE(EventBusTest, Kinds);

TYPED_TEST(EventBusTest, IsConnectedAfterItSaidSo) {
  EXPECT_TRUE(this->a->connected());
  EXPECT_EQ(this->heard_by_a.losses, 0);
}

TYPED_TEST(EventBusTest, APublishedMessageReachesEverySubscriberOfTheTopicAndNobodyElse) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  this->subscribe(*this->b, this->heard_by_b, "foyer:thread:1");
  this->subscribe(*this->b, this->heard_by_b, "foyer:thread:2");
  this->a->publish("foyer:thread:2", "two");
  this->b->publish("foyer:thread:1", "one");
  ASSERT_TRUE(this->a_hears(1));
  ASSERT_TRUE(run_until(this->context, [this] { return this->heard_by_b.texts.size() == 2; }));
  EXPECT_EQ(this->heard_by_a.texts, (std::vector<std::string>{"foyer:thread:1 one"}));
}

TYPED_TEST(EventBusTest, APublisherHearsItselfButNeverFromWithinTheCall) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:front");
  this->a->publish("foyer:front", "*\n");
  EXPECT_TRUE(this->heard_by_a.texts.empty());
  ASSERT_TRUE(this->a_hears(1));
}

TYPED_TEST(EventBusTest, MessagesOfOnePublisherComeInOrderAndWithTheirBytes) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  for (int number = 0; number < 500; ++number) {
    this->b->publish("foyer:thread:1", std::to_string(number) + std::string("\r\n\0$", 4));
  }
  ASSERT_TRUE(this->a_hears(500));
  for (std::size_t number = 0; number < 500; ++number) {
    EXPECT_EQ(this->heard_by_a.texts[number], "foyer:thread:1 " + std::to_string(number) + std::string("\r\n\0$", 4));
  }
}

TYPED_TEST(EventBusTest, ATurnEndsAfterItsMessages) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  const int turns = this->heard_by_a.turns;
  for (int number = 0; number < 50; ++number) {
    this->b->publish("foyer:thread:1", "x");
  }
  ASSERT_TRUE(this->a_hears(50));
  ASSERT_TRUE(run_until(this->context, [this] { return !this->heard_by_a.in_turn; }));
  EXPECT_GT(this->heard_by_a.turns, turns);
}

TYPED_TEST(EventBusTest, AfterUnsubscribeNothingComes) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:2");
  this->a->unsubscribe("foyer:thread:1");
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:3");  // Redis has seen the unsubscribe
  this->b->publish("foyer:thread:1", "not heard");
  this->b->publish("foyer:thread:2", "heard");
  ASSERT_TRUE(this->a_hears(1));
  EXPECT_EQ(this->heard_by_a.texts, (std::vector<std::string>{"foyer:thread:2 heard"}));
}

TYPED_TEST(EventBusTest, ATopicThatIsSubscribedAgainIsHeardAgain) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  this->a->unsubscribe("foyer:thread:1");
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  this->b->publish("foyer:thread:1", "again");
  EXPECT_TRUE(this->a_hears(1));
}

TYPED_TEST(EventBusTest, AfterStopTheListenerIsNotCalled) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  this->b->publish("foyer:thread:1", "late");
  this->a->stop();
  run_until(this->context, [] { return false; }, std::chrono::milliseconds(50));
  EXPECT_TRUE(this->heard_by_a.texts.empty());
  EXPECT_EQ(this->heard_by_a.losses, 0);
}

TYPED_TEST(EventBusTest, ALongMessageComesWhole) {
  this->subscribe(*this->a, this->heard_by_a, "foyer:thread:1");
  const std::string text(3'000'000, 'x');
  this->b->publish("foyer:thread:1", text);
  ASSERT_TRUE(this->a_hears(1));
  EXPECT_EQ(this->heard_by_a.texts[0], "foyer:thread:1 " + text);
}

}  // namespace
}  // namespace foyer::live
