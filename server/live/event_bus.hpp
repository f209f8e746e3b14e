// How nodes tell each other what was committed. At most once and without memory: a message may be lost, so the
// receiver checks sequence numbers and PostgreSQL has the truth. An event always takes the way through a bus,
// never a short cut to the sockets of its own node. RedisBus is one; tests have another without Redis. I/O thread only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace foyer::live {

class BusListener {
 public:
  virtual void on_bus_message(std::string_view topic, std::string_view text) = 0;
  // After the messages that one read brought: the moment to pass on what they made ready.
  virtual void on_bus_turn_end() = 0;
  // From here on every message published to the topic arrives; what was published before may be missing. Comes
  // again after each reconnect.
  virtual void on_topic_subscribed(std::string_view topic) = 0;
  virtual void on_bus_connected() = 0;
  virtual void on_bus_lost() = 0;

 protected:
  ~BusListener() = default;
};

class EventBus {
 public:
  struct Figures {  // since start; for metrics
    std::uint64_t published = 0;
    std::uint64_t publish_drops = 0;
    std::uint64_t reconnects = 0;
  };

  virtual ~EventBus() = default;

  virtual void start(BusListener& listener) = 0;
  // No listener call after it returned.
  virtual void stop() = 0;
  // Never calls the listener before it returned. Dropped and counted while the bus is away or congested.
  virtual void publish(const std::string& topic, std::string_view text) = 0;
  virtual void subscribe(const std::string& topic) = 0;
  virtual void unsubscribe(const std::string& topic) = 0;
  virtual bool connected() const = 0;
  // Every message that was published has been taken by the bus, or the bus is away.
  virtual bool settled() const = 0;
  virtual Figures figures() const = 0;
};

}  // namespace foyer::live
