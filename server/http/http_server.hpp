// The HTTP edge of a node as app.cpp sees it: listens, admits, routes, answers; hands /live over. I/O thread
// only; everything blocking goes to the worker pools.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "persistence/database.hpp"
#include "persistence/post_writer.hpp"
#include "protocol/events.hpp"
#include "protocol/ids.hpp"
#include "protocol/views.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/films.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/rate_limit.hpp"
#include "server/runtime/task.hpp"
#include "server/runtime/upgrade.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer::http {

struct HttpSettings {
  std::string listen_host = "127.0.0.1";
  std::uint16_t listen_port = 8080;          // 0: any free port, see HttpServer::port()
  bool share_port = false;                   // SO_REUSEPORT: several workers on one port
  std::string public_url;                    // scheme://host[:port]; origin checks, cookies, canonical addresses
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For is believed (rightmost hop)
  std::string metrics_host;                  // "" = /metrics on the main port
  std::uint16_t metrics_port = 0;
  bool limit_addresses = true;  // connections per address; off together with the rate limits
};

// What /readyz reports: empty = ready, else what is down, e.g. {"database", "redis"}.
using Readiness = std::function<std::vector<std::string>()>;

struct HttpServices {
  persistence::Database& database;
  persistence::PostWriter& post_writer;
  runtime::WorkerPool& read_workers;    // database jobs that only read
  runtime::WorkerPool& search_workers;  // those that look for words
  runtime::WorkerPool& write_workers;   // those that wait for locks and disks
  runtime::WorkerPool& password_worker;
  runtime::RateLimiter& rate_limiter;
  runtime::Metrics& metrics;
  runtime::Executor executor;         // of the I/O thread
  std::function<void(News)> publish;  // after a commit, on the I/O thread
  std::function<void(runtime::Upgrade)> upgrade;
  Readiness readiness;  // cheap, I/O thread
  // How far the post's latest removal has come, when that is known; cheap, I/O thread.
  std::function<std::optional<ReachView>(PostId)> reach;
  // Hears the channel's news for a while; what it shows at present. See Hub. I/O thread.
  std::function<void(Channel)> listen;
  std::function<std::optional<std::int64_t>(Channel)> heard_version;
  // Who asks, by a read that begins after the call and is shared with all who ask meanwhile. I/O thread, also the
  // answer.
  std::function<void(forum::Proof, forum::Identified)> identify;
  // RelatedRenewals::complete. Any thread that may read the database. The server sets it.
  std::function<void(FilmId, forum::FilmThreads&)> complete_related = {};
};

class HttpServer {
 public:
  // Binds and listens; throws std::runtime_error with one clear line ("127.0.0.1:8080 is taken").
  HttpServer(boost::asio::io_context& io, HttpSettings settings, HttpServices services);
  ~HttpServer();

  void start();
  std::uint16_t port() const;
  std::uint16_t metrics_port() const;

  // From now on /readyz answers 503 and every answer closes its connection.
  void announce_shutdown();
  // Stops accepting, closes idle connections, waits for running requests at most `patience`, cuts the rest.
  runtime::Task<> shutdown(std::chrono::milliseconds patience);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace foyer::http
