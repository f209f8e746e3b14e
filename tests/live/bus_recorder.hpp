// Writes down what a bus tells, and runs an io_context until a condition holds.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "server/live/event_bus.hpp"

namespace foyer::live {

struct BusRecorder final : BusListener {
  void on_bus_message(std::string_view topic, std::string_view text) override {
    texts.push_back(std::string(topic) + ' ' + std::string(text));
    in_turn = true;
  }
  void on_bus_turn_end() override {
    ++turns;
    in_turn = false;
  }
  void on_topic_subscribed(std::string_view topic) override { subscribed.emplace_back(topic); }
  void on_bus_connected() override { ++connects; }
  void on_bus_lost() override { ++losses; }

  std::vector<std::string> texts;
  std::vector<std::string> subscribed;
  int turns = 0;
  int connects = 0;
  int losses = 0;
  bool in_turn = false;
};

template <class Condition>
bool run_until(boost::asio::io_context& context, Condition condition,
               std::chrono::milliseconds deadline = std::chrono::seconds(15)) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    context.restart();
    context.run_one_for(std::chrono::milliseconds(5));
  }
  return true;
}

}  // namespace foyer::live
