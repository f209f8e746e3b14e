#include "server/live/live_server.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "protocol/limits.hpp"
#include "server/live/database_backlog.hpp"
#include "server/live/database_rights.hpp"
#include "server/live/hub.hpp"
#include "server/live/live_metrics.hpp"
#include "server/live/live_session.hpp"
#include "server/live/redis_bus.hpp"
#include "server/live/rights_watch.hpp"
#include "server/runtime/log.hpp"

namespace foyer::live {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

// One timer for all deadlines of the hub.
class TimerClock final : public LiveClock {
 public:
  explicit TimerClock(asio::io_context& io) : timer_(io) {}

  void call(std::function<void()> when_due) { when_due_ = std::move(when_due); }
  void stop() {
    when_due_ = nullptr;
    timer_.cancel();
  }
  TimePoint now() const override { return steady_clock::now(); }
  void wake_at(TimePoint when) override {
    if (!when_due_ || (armed_ && *armed_ <= when)) {
      return;
    }
    armed_ = when;
    timer_.expires_at(std::max(when, steady_clock::now()));
    timer_.async_wait([this, alive = std::weak_ptr<int>(alive_)](const boost::system::error_code& error) {
      if (!error && !alive.expired() && when_due_) {
        armed_.reset();
        when_due_();
      }
    });
  }

 private:
  asio::steady_timer timer_;
  std::function<void()> when_due_;
  std::optional<TimePoint> armed_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

// The name travels in bus messages, where a space ends it.
std::string without_spaces(std::string name) {
  std::replace_if(name.begin(), name.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; }, '-');
  return name;
}

// Slot number `index` of `count`, evenly over the span.
int slot_ms(std::size_t index, std::size_t count) {
  using std::chrono::milliseconds;
  constexpr milliseconds first = limits::goodbye_slot_min;
  constexpr milliseconds span = milliseconds(limits::goodbye_slot_max) - first;
  return static_cast<int>(first.count() + span.count() * static_cast<std::int64_t>(index) /
                                              static_cast<std::int64_t>(std::max<std::size_t>(count, 1)));
}

}  // namespace

class LiveServer::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(asio::io_context& io, LiveSettings settings, LiveServices services)
      : node_(without_spaces(std::move(settings.node))),
        clock_(io),
        bus_(io, {settings.redis_host, settings.redis_port}),
        backlog_(io.get_executor(), services.database, services.workers),
        hub_(node_, bus_, backlog_, clock_),
        rights_reader_(io.get_executor(), services.database, services.workers),
        rights_(rights_reader_),
        session_services_{node_,
                          io,
                          hub_,
                          rights_,
                          services.post_writer,
                          services.rate_limiter,
                          session_figures_,
                          [this](std::uint64_t id) { forget(id); }},
        sweep_timer_(io),
        rights_timer_(io),
        way_down_(io),
        registry_(services.metrics),
        metrics_(services.metrics) {}

  void start() {
    clock_.call([this] { hub_.run_due(); });
    hub_.start();
    sweep_later();
    look_for_rights_later();
    registry_.before_collection([weak = weak_from_this()] {
      if (const auto server = weak.lock()) {
        server->metrics_.refresh(server->hub_, server->bus_, server->session_figures_, server->rights_.figures(),
                                 server->sessions_.size());
      }
    });
  }

  void accept(runtime::Upgrade upgrade) {
    if (stopping_) {
      return;  // the socket closes with the upgrade; the client comes back
    }
    const std::uint64_t id = ++last_id_;
    const auto session = std::make_shared<LiveSession>(id, session_services_);
    sessions_.emplace(id, session);
    session->start(std::move(upgrade));
  }

  void publish(const News& news) { hub_.publish(news); }
  bool redis_connected() const { return bus_.connected(); }
  std::optional<ReachView> reach(PostId post) const { return hub_.reach(post); }
  void listen(Channel channel) { hub_.listen(channel); }
  std::optional<std::int64_t> heard_version(Channel channel) { return hub_.heard_version(channel); }
  void identify(forum::Proof proof, forum::Identified done) { rights_.identify(std::move(proof), std::move(done)); }

  static runtime::Task<> close_sockets(std::shared_ptr<Impl> self, std::chrono::milliseconds patience) {
    self->stopping_ = true;
    self->say_goodbye();
    self->way_down_.expires_after(self->sessions_.empty() ? std::chrono::milliseconds(0) : patience);
    boost::system::error_code woken;
    co_await self->way_down_.async_wait(runtime::no_throw(woken));
    self->abandon_sessions();
  }

  static runtime::Task<> stop_bus(std::shared_ptr<Impl> self, std::chrono::milliseconds patience) {
    const auto deadline = steady_clock::now() + patience;
    self->hub_.tell_reach();
    while (!self->bus_.settled() && steady_clock::now() < deadline) {
      self->way_down_.expires_after(settle_look);
      boost::system::error_code woken;
      co_await self->way_down_.async_wait(runtime::no_throw(woken));
    }
    self->stop();
  }

  // Idempotent. Sessions that are still there let go of the hub before it goes.
  void stop() {
    abandon_sessions();
    hub_.stop();
    clock_.stop();
  }

 private:
  static constexpr std::chrono::milliseconds settle_look{5};

  void abandon_sessions() {
    stopping_ = true;
    sweep_timer_.cancel();
    rights_timer_.cancel();
    for (const auto& [id, session] : std::exchange(sessions_, {})) {
      session->abandon();
    }
  }

  void say_goodbye() {
    std::size_t index = 0;
    std::vector<std::shared_ptr<LiveSession>> present;
    present.reserve(sessions_.size());
    for (const auto& [id, session] : sessions_) {
      present.push_back(session);
    }
    for (const auto& session : present) {
      session->say_goodbye(slot_ms(index++, present.size()));
    }
  }

  void forget(std::uint64_t id) {
    sessions_.erase(id);
    if (stopping_ && sessions_.empty()) {
      way_down_.cancel();
    }
  }

  void sweep_later() {
    sweep_timer_.expires_after(limits::live_sweep_every);
    sweep_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      if (const auto self = weak.lock(); self && !error) {
        const auto now = steady_clock::now();
        for (const auto& [id, session] : self->sessions_) {
          session->sweep(now);
        }
        self->sweep_later();
      }
    });
  }

  void look_for_rights_later() {
    rights_timer_.expires_after(limits::rights_poll);
    rights_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      if (const auto self = weak.lock(); self && !error) {
        self->rights_.look(steady_clock::now());
        self->look_for_rights_later();
      }
    });
  }

  const std::string node_;
  TimerClock clock_;
  RedisBus bus_;
  DatabaseBacklog backlog_;
  Hub hub_;
  DatabaseRights rights_reader_;
  RightsWatch rights_;
  SessionFigures session_figures_;
  SessionServices session_services_;
  std::unordered_map<std::uint64_t, std::shared_ptr<LiveSession>> sessions_;
  std::uint64_t last_id_ = 0;
  bool stopping_ = false;
  asio::steady_timer sweep_timer_;
  asio::steady_timer rights_timer_;
  asio::steady_timer way_down_;
  runtime::Metrics& registry_;
  LiveMetrics metrics_;
};

LiveServer::LiveServer(asio::io_context& io, LiveSettings settings, LiveServices services)
    : impl_(std::make_shared<Impl>(io, std::move(settings), services)) {}

LiveServer::~LiveServer() { impl_->stop(); }

void LiveServer::start() { impl_->start(); }
void LiveServer::accept(runtime::Upgrade upgrade) { impl_->accept(std::move(upgrade)); }
void LiveServer::publish(const News& news) { impl_->publish(news); }
bool LiveServer::redis_connected() const { return impl_->redis_connected(); }
std::optional<ReachView> LiveServer::reach(PostId post) const { return impl_->reach(post); }
void LiveServer::listen(Channel channel) { impl_->listen(channel); }
std::optional<std::int64_t> LiveServer::heard_version(Channel channel) { return impl_->heard_version(channel); }
void LiveServer::identify(forum::Proof proof, forum::Identified done) {
  impl_->identify(std::move(proof), std::move(done));
}

runtime::Task<> LiveServer::close_sockets(std::chrono::milliseconds patience) {
  return Impl::close_sockets(impl_, patience);
}
runtime::Task<> LiveServer::stop_bus(std::chrono::milliseconds patience) { return Impl::stop_bus(impl_, patience); }

}  // namespace foyer::live
