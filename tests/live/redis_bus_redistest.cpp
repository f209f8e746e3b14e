// The Redis links when Redis dies, hangs, answers nonsense or is not there.
#include <array>

#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>
#include <signal.h>

#include "protocol/limits.hpp"
#include "server/live/redis_bus.hpp"
#include "tests/live/bus_recorder.hpp"
#include "tests/support/services.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class RedisBusTest : public ::testing::Test {
 protected:
  RedisBusTest() {
    bus.start(heard);
    EXPECT_TRUE(run_until(context, [this] { return bus.connected(); }));
  }
  ~RedisBusTest() override {
    bus.stop();
    context.restart();
    context.poll();
  }
  void subscribe(const std::string& topic) {
    const auto before = heard.subscribed.size();
    bus.subscribe(topic);
    ASSERT_TRUE(run_until(context, [&] { return heard.subscribed.size() > before; }));
  }

  testing::RedisServer redis;
  boost::asio::io_context context{1};
  BusRecorder heard;
  RedisBus bus{context, {"127.0.0.1", static_cast<std::uint16_t>(redis.port())}};
};

TEST_F(RedisBusTest, AfterARestartOfRedisAllTopicsAreSubscribedAgain) {
  for (int topic = 1; topic <= 1'200; ++topic) {
    bus.subscribe("foyer:thread:" + std::to_string(topic));
  }
  ASSERT_TRUE(run_until(context, [this] { return heard.subscribed.size() == 1'200; }));
  redis.kill();
  ASSERT_TRUE(run_until(context, [this] { return heard.losses == 1; }));
  EXPECT_FALSE(bus.connected());
  bus.subscribe("foyer:thread:9999");  // while it is away
  bus.unsubscribe("foyer:thread:1");
  ASSERT_TRUE(run_until(context, [this] {
    bus.publish("foyer:thread:2", "lost");
    return bus.figures().publish_drops > 0;
  }));
  heard.subscribed.clear();
  redis.start();
  ASSERT_TRUE(run_until(context, [this] { return heard.subscribed.size() == 1'200 && bus.connected(); }));
  EXPECT_EQ(heard.connects, 2);
  EXPECT_EQ(bus.figures().reconnects, 2U);
  bus.publish("foyer:thread:1", "not subscribed any more");
  bus.publish("foyer:thread:9999", "back");
  ASSERT_TRUE(run_until(context, [this] { return !heard.texts.empty(); }));
  EXPECT_EQ(heard.texts, (std::vector<std::string>{"foyer:thread:9999 back"}));
}

TEST_F(RedisBusTest, AHungRedisIsADeadRedis) {
  subscribe("foyer:thread:1");
  redis.signal(SIGSTOP);
  const auto hung_at = Clock::now();
  ASSERT_TRUE(run_until(context, [this] { return heard.losses == 1; }));
  EXPECT_LE(Clock::now() - hung_at, limits::redis_ping_every + limits::redis_reply_time + 1s);
  heard.subscribed.clear();
  redis.signal(SIGCONT);
  ASSERT_TRUE(run_until(context, [this] { return bus.connected() && heard.subscribed.size() == 1; }));
  bus.publish("foyer:thread:1", "alive");
  EXPECT_TRUE(run_until(context, [this] { return !heard.texts.empty(); }));
}

TEST_F(RedisBusTest, WhatAHungRedisDoesNotTakeIsBoundedAndCounted) {
  redis.signal(SIGSTOP);
  const std::string text(1'000'000, 'x');
  for (int count = 0; count < 40; ++count) {
    bus.publish("foyer:thread:1", text);
    context.restart();
    context.poll();
  }
  EXPECT_GT(bus.figures().publish_drops, 20U);
  redis.signal(SIGCONT);
}

// A topic must not be lost with the command that did not fit.
TEST_F(RedisBusTest, ALinkThatCannotTakeATopicIsMadeAnewAndAllTopicsAreSubscribed) {
  redis.signal(SIGSTOP);
  const std::string long_name(100'000, 'x');
  std::size_t topics = 0;
  while (heard.losses == 0 && topics < 1'000) {
    bus.subscribe(long_name + std::to_string(topics++));
    context.restart();
    context.poll();
  }
  EXPECT_EQ(heard.losses, 1);
  EXPECT_GT(topics, limits::redis_output_bytes / long_name.size());
  while (topics > 3) {
    bus.unsubscribe(long_name + std::to_string(--topics));
  }
  redis.signal(SIGCONT);
  EXPECT_TRUE(run_until(context, [&] { return bus.connected() && heard.subscribed.size() >= topics; }));
  bus.publish(long_name + "0", "heard");
  EXPECT_TRUE(run_until(context, [this] { return !heard.texts.empty(); }));
}

TEST_F(RedisBusTest, ASilentButHealthyRedisIsKept) {
  run_until(context, [] { return false; }, limits::redis_ping_every + limits::redis_reply_time + 500ms);
  EXPECT_TRUE(bus.connected());
  EXPECT_EQ(heard.losses, 0);
}

TEST(RedisBusAlone, StartsWithoutRedisAndFindsItLater) {
  testing::RedisServer redis;
  redis.stop();
  boost::asio::io_context context{1};
  BusRecorder heard;
  RedisBus bus{context, {"localhost", static_cast<std::uint16_t>(redis.port())}};
  bus.subscribe("foyer:front");
  bus.start(heard);
  run_until(context, [] { return false; }, 100ms);
  EXPECT_FALSE(bus.connected());
  redis.start();
  ASSERT_TRUE(run_until(context, [&] { return heard.connects == 1 && heard.subscribed.size() == 1; }));
  bus.stop();
  context.restart();
  context.poll();
}

// Half open: the way there works and nothing comes back, as behind a firewall that forgot the connection.
TEST(RedisBusAlone, APeerThatNeverAnswersIsGivenUpAndTriedAgain) {
  boost::asio::io_context context{1};
  using tcp = boost::asio::ip::tcp;
  tcp::acceptor acceptor(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  std::vector<tcp::socket> peers;
  std::function<void()> accept_next = [&] {
    acceptor.async_accept([&](const boost::system::error_code& error, tcp::socket peer) {
      if (!error) {
        peers.push_back(std::move(peer));
        accept_next();
      }
    });
  };
  accept_next();
  BusRecorder heard;
  RedisBus bus{context, {"127.0.0.1", acceptor.local_endpoint().port()}};
  bus.start(heard);
  ASSERT_TRUE(run_until(context, [&] { return peers.size() == 2; }));
  EXPECT_FALSE(bus.connected());
  EXPECT_TRUE(run_until(context, [&] { return peers.size() == 4; }, limits::redis_connect_time + 2s));
  EXPECT_EQ(heard.connects, 0);
  bus.stop();
  acceptor.close();
  context.restart();
  context.poll();
}

TEST(RedisBusAlone, AServerThatSpeaksNonsenseIsNotConnected) {
  boost::asio::io_context context{1};
  using tcp = boost::asio::ip::tcp;
  tcp::acceptor acceptor(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  int accepted = 0;
  std::vector<tcp::socket> peers;
  std::function<void()> accept_next = [&] {
    acceptor.async_accept([&](const boost::system::error_code& error, tcp::socket peer) {
      if (!error) {
        boost::system::error_code ignored;
        peer.write_some(boost::asio::buffer("HTTP/1.1 400 Bad Request\r\n\r\n", 28), ignored);
        peers.push_back(std::move(peer));
        ++accepted;
        accept_next();
      }
    });
  };
  accept_next();
  BusRecorder heard;
  RedisBus bus{context, {"127.0.0.1", acceptor.local_endpoint().port()}};
  bus.start(heard);
  EXPECT_TRUE(run_until(context, [&] { return accepted >= 6; })) << "it tries again";
  EXPECT_EQ(heard.connects, 0);
  EXPECT_FALSE(bus.connected());
  bus.stop();
  acceptor.close();
  context.restart();
  context.poll();
}

// What a Redis does that cuts its slow readers: each new connection subscribes everything and compares every head.
TEST(RedisBusAlone, AServerThatTakesConnectionsAndDropsThemIsAskedEverMoreRarely) {
  boost::asio::io_context context{1};
  using tcp = boost::asio::ip::tcp;
  tcp::acceptor acceptor(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  int greeted = 0;
  std::array<char, 100> ping{};
  std::function<void()> accept_next = [&] {
    acceptor.async_accept([&](const boost::system::error_code& error, tcp::socket accepted) {
      if (error) {
        return;
      }
      const auto peer = std::make_shared<tcp::socket>(std::move(accepted));
      peer->async_read_some(boost::asio::buffer(ping), [&, peer](const boost::system::error_code&, std::size_t) {
        boost::system::error_code ignored;
        peer->write_some(boost::asio::buffer("+PONG\r\n", 7), ignored);
        ++greeted;
      });
      accept_next();
    });
  };
  accept_next();
  BusRecorder heard;
  RedisBus bus{context, {"127.0.0.1", acceptor.local_endpoint().port()}};
  bus.start(heard);
  EXPECT_FALSE(run_until(context, [&] { return greeted >= 30; }, 2s));
  EXPECT_GE(greeted, 4) << "it tries again";
  bus.stop();
  acceptor.close();
  context.restart();
  context.poll();
}

}  // namespace
}  // namespace foyer::live
