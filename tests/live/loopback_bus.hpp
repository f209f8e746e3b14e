// An EventBus within the process, for tests: buses on one exchange hear each other like nodes on one Redis, and
// the exchange can be cut or lose messages. Delivery is posted, so a publisher is never called back.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

#include "server/live/event_bus.hpp"
#include "server/runtime/task.hpp"

namespace foyer::live {

class LoopbackBus;

struct LoopbackExchange {
  std::vector<LoopbackBus*> buses;
  // Tells for each message and receiver whether it is lost on the way.
  std::function<bool(const std::string& topic)> loses = [](const std::string&) { return false; };
};

class LoopbackBus final : public EventBus {
 public:
  LoopbackBus(runtime::Executor executor, LoopbackExchange& exchange)
      : executor_(std::move(executor)), exchange_(exchange) {
    exchange_.buses.push_back(this);
  }
  ~LoopbackBus() override { std::erase(exchange_.buses, this); }
  LoopbackBus(const LoopbackBus&) = delete;
  LoopbackBus& operator=(const LoopbackBus&) = delete;

  void start(BusListener& listener) override {
    listener_ = &listener;
    restore();
  }
  void stop() override {
    listener_ = nullptr;
    connected_ = false;
  }
  void publish(const std::string& topic, std::string_view text) override {
    if (!connected_) {
      ++figures_.publish_drops;
      return;
    }
    ++figures_.published;
    for (LoopbackBus* receiver : exchange_.buses) {
      if (receiver->topics_.contains(topic) && !exchange_.loses(topic)) {
        receiver->deliver_later(topic, std::string(text));
      }
    }
  }
  void subscribe(const std::string& topic) override {
    if (topics_.insert(topic).second && connected_) {
      acknowledge_later(topic);
    }
  }
  void unsubscribe(const std::string& topic) override { topics_.erase(topic); }
  bool settled() const override { return true; }
  bool connected() const override { return connected_; }
  Figures figures() const override { return figures_; }

  void cut() {
    if (std::exchange(connected_, false)) {
      post([this] { listener_->on_bus_lost(); });
    }
  }
  void restore() {
    if (!std::exchange(connected_, true)) {
      post([this] { listener_->on_bus_connected(); });
      for (const std::string& topic : topics_) {
        acknowledge_later(topic);
      }
    }
  }

 private:
  void post(std::function<void()> call) {
    boost::asio::post(executor_, [this, alive = std::weak_ptr<int>(alive_), call = std::move(call)] {
      if (!alive.expired() && listener_ != nullptr) {
        call();
      }
    });
  }
  void deliver_later(const std::string& topic, std::string text) {
    post([this, topic, text = std::move(text)] {
      if (connected_ && topics_.contains(topic)) {
        listener_->on_bus_message(topic, text);
        listener_->on_bus_turn_end();
      }
    });
  }
  void acknowledge_later(const std::string& topic) {
    post([this, topic] {
      if (connected_ && topics_.contains(topic)) {
        listener_->on_topic_subscribed(topic);
      }
    });
  }

  runtime::Executor executor_;
  LoopbackExchange& exchange_;
  BusListener* listener_ = nullptr;
  bool connected_ = false;
  std::set<std::string> topics_;
  Figures figures_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace foyer::live
