#include "server/live/redis_link.hpp"

#include <chrono>
#include <optional>
#include <random>
#include <utility>

#include <boost/asio/steady_timer.hpp>

#include "protocol/limits.hpp"
#include "server/live/backoff.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::live {

class RedisLink::State final : public RedisConnection::Listener {
  using Clock = std::chrono::steady_clock;

 public:
  State(boost::asio::io_context& io, std::string purpose, RedisAddress address, RedisLink::Listener& listener)
      : io_(io),
        purpose_(std::move(purpose)),
        address_(std::move(address)),
        listener_(listener),
        pause_(io),
        random_(std::random_device{}()) {}

  static runtime::Task<> run(std::shared_ptr<State> self) {
    while (!self->stopped_) {
      self->connection_ = std::make_shared<RedisConnection>(self->io_, *self);
      const std::string why = co_await RedisConnection::run(self->connection_, self->address_);
      if (self->stopped_) {
        break;
      }
      self->note_end(why);
      if (self->connected_at_ && Clock::now() - *self->connected_at_ >= limits::redis_retry_max) {
        self->backoff_.reset();  // it held; a Redis that takes connections and drops them must not be stormed
      }
      self->connected_at_.reset();
      boost::system::error_code cancelled;
      self->pause_.expires_after(self->backoff_.next_with_jitter(self->random_));
      co_await self->pause_.async_wait(runtime::no_throw(cancelled));
    }
  }

  void start(std::shared_ptr<State> self) {
    runtime::spawn(io_.get_executor(), "redis " + purpose_, run(std::move(self)));
  }
  void stop() {
    stopped_ = true;
    pause_.cancel();
    if (connection_) {
      connection_->close();
    }
  }
  RedisConnection* connection() const { return connection_.get(); }
  std::uint64_t reconnects() const { return connects_ > 0 ? connects_ - 1 : 0; }

  void on_connected() override {
    ++connects_;
    connected_at_ = Clock::now();
    failed_before_ = false;
    runtime::log(runtime::LogLevel::info, "redis connected", {{"link", std::string_view(purpose_)}});
    listener_.on_link_connected();
  }
  void on_reply(RedisReply reply) override { listener_.on_link_reply(std::move(reply)); }
  void on_read_end() override { listener_.on_link_read_end(); }

 private:
  // Logged once per outage, not once per attempt.
  void note_end(const std::string& why) {
    if (!std::exchange(failed_before_, true)) {
      runtime::log(runtime::LogLevel::warning, "redis lost",
                   {{"link", std::string_view(purpose_)}, {"why", std::string_view(why)}});
      listener_.on_link_lost();
    }
  }

  boost::asio::io_context& io_;
  const std::string purpose_;
  const RedisAddress address_;
  RedisLink::Listener& listener_;
  std::shared_ptr<RedisConnection> connection_;
  boost::asio::steady_timer pause_;
  std::mt19937_64 random_;
  Backoff backoff_{limits::redis_retry_min, limits::redis_retry_max};
  std::uint64_t connects_ = 0;
  std::optional<Clock::time_point> connected_at_;
  bool failed_before_ = false;
  bool stopped_ = false;
};

RedisLink::RedisLink(boost::asio::io_context& io, std::string purpose, RedisAddress address, Listener& listener)
    : state_(std::make_shared<State>(io, std::move(purpose), std::move(address), listener)) {}

RedisLink::~RedisLink() { stop(); }

void RedisLink::start() { state_->start(state_); }

void RedisLink::stop() { state_->stop(); }

bool RedisLink::connected() const { return state_->connection() != nullptr && state_->connection()->connected(); }

bool RedisLink::write(std::string_view commands) { return connected() && state_->connection()->write(commands); }

void RedisLink::reconnect() {
  if (connected()) {
    state_->connection()->close();
  }
}

std::uint64_t RedisLink::reconnects() const { return state_->reconnects(); }

}  // namespace foyer::live
