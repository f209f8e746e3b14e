// Keeps one connection to Redis: makes a new one with growing, jittered waits whenever it ends. What to say after
// a reconnect is its owner's business. I/O thread only.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "server/live/redis_connection.hpp"

namespace foyer::live {

class RedisLink {
 public:
  class Listener {
   public:
    virtual void on_link_connected() = 0;
    virtual void on_link_lost() = 0;
    virtual void on_link_reply(RedisReply reply) = 0;
    virtual void on_link_read_end() = 0;

   protected:
    ~Listener() = default;
  };

  // `purpose` stands in the log: "subscriber" or "publisher".
  RedisLink(boost::asio::io_context& io, std::string purpose, RedisAddress address, Listener& listener);
  ~RedisLink();  // stop()
  RedisLink(const RedisLink&) = delete;
  RedisLink& operator=(const RedisLink&) = delete;

  void start();
  void stop();

  bool connected() const;
  // False when not connected or when too much is waiting: nothing was taken.
  bool write(std::string_view commands);
  // Gives the connection up and makes a new one.
  void reconnect();
  std::uint64_t reconnects() const;

 private:
  class State;
  std::shared_ptr<State> state_;
};

}  // namespace foyer::live
