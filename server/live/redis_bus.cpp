#include "server/live/redis_bus.hpp"

#include <utility>
#include <vector>

namespace foyer::live {
namespace {

constexpr std::size_t topics_per_command = 500;

}  // namespace

RedisBus::RedisBus(boost::asio::io_context& io, const RedisAddress& address)
    : subscriber_(*this),
      publisher_(*this),
      subscriber_link_(io, "subscriber", address, subscriber_),
      publisher_link_(io, "publisher", address, publisher_) {}

void RedisBus::start(BusListener& listener) {
  listener_ = &listener;
  subscriber_link_.start();
  publisher_link_.start();
}

void RedisBus::stop() {
  listener_ = nullptr;
  subscriber_link_.stop();
  publisher_link_.stop();
}

void RedisBus::publish(const std::string& topic, std::string_view text) {
  std::string command;
  append_redis_command(command, {"PUBLISH", topic, text});
  if (publisher_link_.write(command)) {
    ++published_;
    ++unanswered_;
  } else {
    ++publish_drops_;
  }
}

void RedisBus::subscribe(const std::string& topic) {
  if (topics_.insert(topic).second) {
    std::string command;
    append_redis_command(command, {"SUBSCRIBE", topic});
    write_to_subscriber(command);
  }
}

void RedisBus::unsubscribe(const std::string& topic) {
  if (topics_.erase(topic) > 0) {
    std::string command;
    append_redis_command(command, {"UNSUBSCRIBE", topic});
    write_to_subscriber(command);
  }
}

bool RedisBus::connected() const { return subscriber_link_.connected() && publisher_link_.connected(); }

bool RedisBus::settled() const { return unanswered_ == 0 || !publisher_link_.connected(); }

EventBus::Figures RedisBus::figures() const {
  return {published_, publish_drops_, subscriber_link_.reconnects() + publisher_link_.reconnects()};
}

// A topic must not be lost: a link that cannot take it is made anew, and all topics are subscribed then.
void RedisBus::write_to_subscriber(const std::string& commands) {
  if (subscriber_link_.connected() && !subscriber_link_.write(commands)) {
    subscriber_link_.reconnect();
  }
}

void RedisBus::subscribe_all() {
  std::string commands;
  std::vector<std::string> some;
  for (const std::string& topic : topics_) {
    some.push_back(topic);
    if (some.size() == topics_per_command) {
      append_redis_command(commands, "SUBSCRIBE", some);
      some.clear();
    }
  }
  if (!some.empty()) {
    append_redis_command(commands, "SUBSCRIBE", some);
  }
  write_to_subscriber(commands);
}

void RedisBus::note_connection() {
  if (listener_ == nullptr || connected() == told_connected_) {
    return;
  }
  told_connected_ = !told_connected_;
  if (told_connected_) {
    listener_->on_bus_connected();
  } else {
    listener_->on_bus_lost();
  }
}

void RedisBus::Subscriber::on_link_connected() {
  bus.subscribe_all();
  bus.note_connection();
}

void RedisBus::Subscriber::on_link_lost() { bus.note_connection(); }

// "message" TOPIC TEXT, "subscribe" TOPIC COUNT; answers to UNSUBSCRIBE and PING need nothing.
void RedisBus::Subscriber::on_link_reply(RedisReply reply) {
  if (bus.listener_ == nullptr || reply.elements.size() != 3) {
    return;
  }
  const std::string& kind = reply.elements[0].text;
  const std::string& topic = reply.elements[1].text;
  if (kind == "message") {
    bus.listener_->on_bus_message(topic, reply.elements[2].text);
  } else if (kind == "subscribe" && bus.topics_.contains(topic)) {
    bus.listener_->on_topic_subscribed(topic);
  }
}

void RedisBus::Subscriber::on_link_read_end() {
  if (bus.listener_ != nullptr) {
    bus.listener_->on_bus_turn_end();
  }
}

void RedisBus::Publisher::on_link_connected() {
  bus.unanswered_ = 0;  // what the link before it owed is lost
  bus.note_connection();
}

void RedisBus::Publisher::on_link_lost() { bus.note_connection(); }

// PUBLISH is answered by a number or an error, the link's own PING by a status.
void RedisBus::Publisher::on_link_reply(RedisReply reply) {
  if (reply.type != RedisReply::Type::status && bus.unanswered_ > 0) {
    --bus.unanswered_;
  }
}

}  // namespace foyer::live
