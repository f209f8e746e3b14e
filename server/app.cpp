#include "server/app.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <prometheus/gauge.h>
#include <unistd.h>

#include "persistence/database.hpp"
#include "persistence/post_writer.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/guarded.hpp"
#include "server/forum/password.hpp"
#include "server/http/http_server.hpp"
#include "server/live/live_server.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/on_worker.hpp"
#include "server/runtime/open_files.hpp"
#include "server/runtime/rate_limit.hpp"
#include "server/runtime/spawn.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using runtime::log;
using runtime::LogLevel;
using runtime::Task;

constexpr auto health_check_every = 1s;
constexpr auto health_check_life = 3s;            // no answer for so long: the database hangs
constexpr int health_checks_per_clean_up = 3600;  // once an hour
constexpr std::size_t password_threads = 1;       // 19 MiB and one core at a time; logins queue, pages do not

// Members stand in dependency order: whoever uses another comes after it, so destruction is the way down.
class Node {
 public:
  Node(const Config& config, const NodePlace& place)
      : config_(config),
        // One connection per worker, two for the post writer, one to spare.
        database_({config.database_url, limits::read_workers + limits::search_workers + limits::write_workers + 3}),
        read_workers_("reading", limits::read_workers, limits::worker_queue, limits::worker_queue_time),
        search_workers_("searching", limits::search_workers, limits::worker_queue, limits::worker_queue_time),
        write_workers_("writing", limits::write_workers, limits::worker_queue, limits::worker_queue_time),
        password_worker_("password", password_threads, limits::password_queue, limits::password_queue_time),
        rate_limiter_(config.rate_limits, limits::rate_buckets),
        post_writer_(database_, [this](News news) { publish_from_thread(std::move(news)); }),
        live_(io_, {place.name, config.redis.host, config.redis.port},
              {database_, post_writer_, read_workers_, rate_limiter_, metrics_}),
        http_(io_, http_settings(config, place), http_services()) {
    measure_post_writer();
  }

  int run() {
    signals_.add(SIGTERM);
    signals_.add(SIGINT);
    take_signals();
    const std::int64_t open_files = runtime::raise_open_files();
    const persistence::DatabaseState state = database_.state();
    if (state == persistence::DatabaseState::not_migrated) {
      throw std::runtime_error("the database is not migrated: run `foyer migrate` first");
    }
    database_ready_ = state == persistence::DatabaseState::ready;
    live_.start();
    http_.start();
    runtime::spawn(io_.get_executor(), "signals", wait_for_signal());
    runtime::spawn(io_.get_executor(), "health", watch_health());
    log(LogLevel::info, "listening",
        {{"address", std::string_view(config_.listen.host)},
         {"port", std::int64_t{http_.port()}},
         {"metrics_port", std::int64_t{http_.metrics_port()}},
         {"public_url", std::string_view(config_.public_url)},
         {"rate_limits", config_.rate_limits},
         {"open_files", open_files},
         {"database", database_ready_}});
    io_.run();
    return 0;
  }

 private:
  static http::HttpSettings http_settings(const Config& config, const NodePlace& place) {
    http::HttpSettings settings;
    settings.listen_host = config.listen.host;
    settings.listen_port = config.listen.port;
    settings.share_port = place.share_port;
    settings.public_url = config.public_url;
    settings.trusted_proxies = config.trusted_proxies;
    settings.limit_addresses = config.rate_limits;
    settings.metrics_host = config.metrics_listen.host;
    settings.metrics_port = static_cast<std::uint16_t>(config.metrics_listen.port + place.worker);
    return settings;
  }

  http::HttpServices http_services() {
    return {database_,
            post_writer_,
            read_workers_,
            search_workers_,
            write_workers_,
            password_worker_,
            rate_limiter_,
            metrics_,
            io_.get_executor(),
            [this](const News& news) { live_.publish(news); },
            [this](runtime::Upgrade upgrade) { live_.accept(std::move(upgrade)); },
            [this] { return what_is_down(); },
            [this](PostId post) { return live_.reach(post); },
            [this](Channel channel) { live_.listen(channel); },
            [this](Channel channel) { return live_.heard_version(channel); },
            [this](forum::Proof proof, forum::Identified done) { live_.identify(std::move(proof), std::move(done)); }};
  }

  // From the post writer's thread: the bus lives on the I/O thread.
  void publish_from_thread(News news) {
    asio::post(io_, [this, kept = std::make_shared<News>(std::move(news))] { live_.publish(*kept); });
  }

  std::vector<std::string> what_is_down() const {
    std::vector<std::string> down;
    if (!database_ready_ || std::chrono::steady_clock::now() - database_checked_at_ > health_check_life) {
      down.emplace_back("database");
    }
    if (!live_.redis_connected()) {
      down.emplace_back("redis");
    }
    return down;
  }

  void measure_post_writer() {
    auto& queued = metrics_.gauge("foyer_post_queue", "Posts waiting for the writer");
    auto& posts = metrics_.gauge("foyer_posts_written", "Posts written since start");
    auto& batches = metrics_.gauge("foyer_post_batches", "Batches committed since start");
    auto& replays = metrics_.gauge("foyer_post_replays", "Batches replayed post by post since start");
    metrics_.before_collection([this, &queued, &posts, &batches, &replays] {
      const auto figures = post_writer_.figures();
      queued.Set(static_cast<double>(figures.queued));
      posts.Set(static_cast<double>(figures.posts));
      batches.Set(static_cast<double>(figures.batches));
      replays.Set(static_cast<double>(figures.replays));
    });
  }

  // Keeps what /readyz says fresh, and once an hour clears sessions and keys that are over.
  Task<> watch_health() {
    auto check = [this] { return Result<bool>(database_.ready()); };
    auto clean_up = [this] {
      return Result<int>(database_.write([](persistence::Transaction& t) { return persistence::delete_expired(t); }));
    };
    for (int round = 1; !stopping_; ++round) {
      health_timer_.expires_after(health_check_every);
      boost::system::error_code cancelled;
      co_await health_timer_.async_wait(runtime::no_throw(cancelled));
      if (stopping_) {
        break;
      }
      const Result<bool> ready = co_await runtime::on_worker(read_workers_, check);
      note_database(ready.has_value() && *ready);
      if (round % health_checks_per_clean_up == 0) {
        auto guarded_clean_up = forum::guarded(clean_up);
        const Result<int> gone = co_await runtime::on_worker(write_workers_, guarded_clean_up);
        log(LogLevel::info, "expired rows deleted", {{"rows", std::int64_t{gone ? *gone : 0}}});
      }
    }
  }

  void note_database(bool ready) {
    database_checked_at_ = std::chrono::steady_clock::now();
    if (ready != database_ready_) {
      log(ready ? LogLevel::info : LogLevel::warning, ready ? "database is ready" : "database is away");
      database_ready_ = ready;
    }
  }

  // The supervisor has held them back until here. Threads that were made before keep them blocked, which is as well.
  static void take_signals() {
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &ours, nullptr);
  }

  Task<> wait_for_signal() {
    const int signal = co_await signals_.async_wait(runtime::awaited);
    log(LogLevel::info, "stopping", {{"signal", std::int64_t{signal}}});
    signals_.async_wait([](const boost::system::error_code& error, int) {
      if (!error) {
        std::_Exit(1);  // asked twice: do not wait
      }
    });
    end_in_any_case();
    stopping_ = true;
    health_timer_.cancel();
    http_.announce_shutdown();                           // not ready: nobody new is sent here
    co_await live_.close_sockets(limits::goodbye_time);  // each comes back elsewhere in its own slot
    co_await http_.shutdown(limits::drain_time);         // what was asked is answered
    co_await write_what_waits();                         // what was accepted is written
    co_await live_.stop_bus(limits::bus_settle_time);    // and the other nodes hear of it
    read_workers_.stop();
    search_workers_.stop();
    write_workers_.stop();
    password_worker_.stop();
    log(LogLevel::info, "stopped");
    io_.stop();
  }

  // Beside the I/O thread, which publishes what the writer commits.
  Task<bool> write_what_waits() {
    auto drain = [this](const auto& done) {
      drainer_ = std::thread([this, done] {
        post_writer_.drain();
        done(true);
      });
    };
    const bool drained = co_await runtime::await_callback<bool>(std::move(drain));
    drainer_.join();
    co_return drained;
  }

  // Threads that hang in a frozen database cannot be joined. What they hold was not acknowledged.
  static void end_in_any_case() {
    std::thread([] {
      std::this_thread::sleep_for(std::chrono::seconds(limits::exit_seconds));
      _exit(0);
    }).detach();
  }

  const Config config_;
  asio::io_context io_{1};
  asio::signal_set signals_{io_};
  asio::steady_timer health_timer_{io_};
  bool database_ready_ = false;
  std::chrono::steady_clock::time_point database_checked_at_ = std::chrono::steady_clock::now();
  bool stopping_ = false;
  runtime::Metrics metrics_;
  persistence::Database database_;
  runtime::WorkerPool read_workers_;
  runtime::WorkerPool search_workers_;
  runtime::WorkerPool write_workers_;
  runtime::WorkerPool password_worker_;
  runtime::RateLimiter rate_limiter_;
  persistence::PostWriter post_writer_;
  live::LiveServer live_;
  http::HttpServer http_;
  std::thread drainer_;
};

}  // namespace

int run_node(const Config& config, const NodePlace& place) {
  try {
    runtime::start_log(config.log_level, place.name);
    forum::start_cryptography();
    if (!config.rate_limits) {
      log(LogLevel::warning, "rate limits are off: for tests and benchmarks only");
    }
    if (config.mail_configured) {
      log(LogLevel::warning, "mail settings are read, but this version sends no mail");
    }
    Node node{config, place};
    const int exit_code = node.run();
    runtime::stop_log();
    return exit_code;
  } catch (const std::exception& failure) {
    runtime::stop_log();
    std::fprintf(stderr, "foyer: %s\n", failure.what());
    return 1;
  }
}

}  // namespace foyer
