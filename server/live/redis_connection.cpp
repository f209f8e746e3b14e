#include "server/live/redis_connection.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr std::size_t refusal_length = 100;
constexpr std::string_view ping = "*1\r\n$4\r\nPING\r\n";

}  // namespace

RedisConnection::RedisConnection(asio::io_context& io, Listener& listener)
    : listener_(&listener), socket_(io), resolver_(io), watch_(io) {}

runtime::Task<std::string> RedisConnection::run(std::shared_ptr<RedisConnection> self, RedisAddress address) {
  self->deadline_ = Clock::now() + limits::redis_connect_time;
  self->watch();
  boost::system::error_code error;
  co_await self->connect(address, error);
  if (!error && !self->closed_) {
    self->open_ = true;
    self->ping_pending_ = true;  // its answer tells that this is a Redis that lives; the deadline stands
    self->write(ping);
    co_await self->read(error);
  }
  std::string why = self->reason_;
  if (why.empty()) {
    why = self->closed_ ? "given up" : error.message();
  }
  self->close();
  co_return why;
}

runtime::Task<> RedisConnection::connect(const RedisAddress& address, boost::system::error_code& error) {
  std::vector<tcp::endpoint> endpoints;
  boost::system::error_code not_numeric;
  const auto numeric = asio::ip::make_address(address.host, not_numeric);
  if (not_numeric) {
    const auto port = std::to_string(address.port);
    const auto found = co_await resolver_.async_resolve(address.host, port, runtime::no_throw(error));
    if (error) {
      co_return;
    }
    for (const auto& entry : found) {
      endpoints.push_back(entry.endpoint());
    }
  } else {
    endpoints.emplace_back(numeric, address.port);
  }
  if (closed_) {
    co_return;
  }
  co_await asio::async_connect(socket_, endpoints, runtime::no_throw(error));
  if (!error) {
    boost::system::error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
  }
}

runtime::Task<> RedisConnection::read(boost::system::error_code& error) {
  while (!closed_) {
    const auto buffer = asio::buffer(buffer_);
    const std::size_t size = co_await socket_.async_read_some(buffer, runtime::no_throw(error));
    if (error || closed_) {
      co_return;
    }
    ping_pending_ = ping_pending_ && !connected_;  // a sign of life: the answer may stand behind a long queue
    if (!reader_.feed({buffer_.data(), size}) || !pass_on_replies()) {
      reason_ = reason_.empty() ? "protocol error" : reason_;
      co_return;
    }
  }
}

bool RedisConnection::pass_on_replies() {
  while (!closed_) {
    auto reply = reader_.next();
    if (!reply) {
      break;
    }
    if (connected_) {
      listener_->on_reply(std::move(*reply));
    } else if (!greet(*reply)) {
      return false;
    }
  }
  if (connected_ && !closed_) {
    listener_->on_read_end();
  }
  return !reader_.broken();
}

// The answer to the first ping; an error means that this Redis asks for a password or is not ready.
bool RedisConnection::greet(const RedisReply& reply) {
  if (reply.type == RedisReply::Type::error) {
    reason_ = "refused: " + reply.text.substr(0, refusal_length);
    return false;
  }
  connected_ = true;
  ping_pending_ = false;
  next_ping_ = Clock::now() + limits::redis_ping_every;
  listener_->on_connected();
  return true;
}

bool RedisConnection::write(std::string_view commands) {
  if (gathered_.size() + writing_.size() + commands.size() > limits::redis_output_bytes) {
    return false;
  }
  gathered_.append(commands);
  flush();
  return true;
}

void RedisConnection::flush() {
  if (!open_ || closed_ || !writing_.empty() || gathered_.empty()) {
    return;
  }
  std::swap(writing_, gathered_);
  asio::async_write(socket_, asio::buffer(writing_),
                    [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
                      self->writing_.clear();
                      if (!error) {
                        self->flush();
                      }  // else the read ends too
                    });
}

void RedisConnection::watch() {
  watch_.expires_at(connected_ && !ping_pending_ ? next_ping_ : deadline_);
  watch_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (!error && !self->closed_) {
      self->check();
    }
  });
}

void RedisConnection::check() {
  const auto now = Clock::now();
  if ((!connected_ || ping_pending_) && now >= deadline_) {
    reason_ = connected_ ? "no answer to a ping" : "no answer while connecting";
    close();
    return;
  }
  if (connected_ && !ping_pending_ && now >= next_ping_) {
    ping_pending_ = true;
    deadline_ = now + limits::redis_reply_time;
    next_ping_ = now + limits::redis_ping_every;
    write(ping);  // when the output is full the deadline judges all the same
  }
  watch();
}

void RedisConnection::close() {
  if (std::exchange(closed_, true)) {
    return;
  }
  watch_.cancel();
  resolver_.cancel();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace foyer::live
