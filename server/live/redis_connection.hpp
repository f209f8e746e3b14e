// One TCP life with Redis: connects with a deadline, reads replies, writes what gathered when the previous write
// has ended, pings. A Redis that does not answer in time counts as dead. Ends once, after which a new one is made.
// I/O thread only; keeps itself alive while an operation is under way.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/live/redis_protocol.hpp"
#include "server/runtime/task.hpp"

namespace foyer::live {

struct RedisAddress {
  std::string host = "127.0.0.1";
  std::uint16_t port = 6379;
};

class RedisConnection : public std::enable_shared_from_this<RedisConnection> {
 public:
  class Listener {
   public:
    virtual void on_reply(RedisReply reply) = 0;
    // All replies of one read have been passed on.
    virtual void on_read_end() = 0;
    // Redis has answered for the first time.
    virtual void on_connected() = 0;

   protected:
    ~Listener() = default;
  };

  // The listener is not called any more after close().
  RedisConnection(boost::asio::io_context& io, Listener& listener);

  // Connects and reads until the connection ends; returns why it ended.
  static runtime::Task<std::string> run(std::shared_ptr<RedisConnection> self, RedisAddress address);
  // False when limits::redis_output_bytes are waiting: the commands were not taken.
  bool write(std::string_view commands);
  void close();
  bool connected() const { return connected_ && !closed_; }

 private:
  using Clock = std::chrono::steady_clock;

  runtime::Task<> connect(const RedisAddress& address, boost::system::error_code& error);
  runtime::Task<> read(boost::system::error_code& error);
  bool pass_on_replies();
  bool greet(const RedisReply& reply);
  void flush();
  void watch();
  void check();

  Listener* listener_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::steady_timer watch_;
  RedisReader reader_;
  std::array<char, 64UL * 1024> buffer_;
  std::string gathered_;
  std::string writing_;
  bool open_ = false;       // TCP is connected
  bool connected_ = false;  // Redis answers
  bool closed_ = false;
  bool ping_pending_ = false;
  std::string reason_;
  Clock::time_point deadline_;  // of connecting, or of the answer to a ping
  Clock::time_point next_ping_;
};

}  // namespace foyer::live
