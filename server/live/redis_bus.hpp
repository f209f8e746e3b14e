// The EventBus over Redis pub/sub: one link that subscribes and one that publishes, for a subscribed connection
// can do nothing else in RESP2. Topics are remembered and subscribed anew after each reconnect. I/O thread only.
#pragma once

#include <string>
#include <unordered_set>

#include <boost/asio/io_context.hpp>

#include "server/live/event_bus.hpp"
#include "server/live/redis_link.hpp"

namespace foyer::live {

class RedisBus final : public EventBus {
 public:
  RedisBus(boost::asio::io_context& io, const RedisAddress& address);

  void start(BusListener& listener) override;
  void stop() override;
  void publish(const std::string& topic, std::string_view text) override;
  void subscribe(const std::string& topic) override;
  void unsubscribe(const std::string& topic) override;
  bool connected() const override;
  bool settled() const override;
  Figures figures() const override;

 private:
  struct Subscriber final : RedisLink::Listener {
    explicit Subscriber(RedisBus& owner) : bus(owner) {}
    void on_link_connected() override;
    void on_link_lost() override;
    void on_link_reply(RedisReply reply) override;
    void on_link_read_end() override;
    RedisBus& bus;
  };
  struct Publisher final : RedisLink::Listener {
    explicit Publisher(RedisBus& owner) : bus(owner) {}
    void on_link_connected() override;
    void on_link_lost() override;
    void on_link_reply(RedisReply reply) override;
    void on_link_read_end() override {}
    RedisBus& bus;
  };

  void write_to_subscriber(const std::string& commands);
  void subscribe_all();
  void note_connection();

  Subscriber subscriber_;
  Publisher publisher_;
  RedisLink subscriber_link_;
  RedisLink publisher_link_;
  BusListener* listener_ = nullptr;
  bool told_connected_ = false;
  std::unordered_set<std::string> topics_;
  std::uint64_t published_ = 0;
  std::uint64_t publish_drops_ = 0;
  std::uint64_t unanswered_ = 0;  // published, and Redis has not yet said that it has it
};

}  // namespace foyer::live
