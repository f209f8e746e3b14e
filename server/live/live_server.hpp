// The live edge of a node as app.cpp sees it: sockets, hub, channel sequencers, Redis bus, relay, presence.
// I/O thread only; reads of PostgreSQL go to the worker pool.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>

#include "persistence/database.hpp"
#include "persistence/post_writer.hpp"
#include "protocol/events.hpp"
#include "protocol/ids.hpp"
#include "protocol/views.hpp"
#include "server/forum/accounts.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/rate_limit.hpp"
#include "server/runtime/task.hpp"
#include "server/runtime/upgrade.hpp"
#include "server/runtime/worker_pool.hpp"

namespace foyer::live {

struct LiveSettings {
  std::string node;  // unique among running nodes
  std::string redis_host = "127.0.0.1";
  std::uint16_t redis_port = 6379;
};

struct LiveServices {
  persistence::Database& database;
  persistence::PostWriter& post_writer;
  runtime::WorkerPool& workers;
  runtime::RateLimiter& rate_limiter;
  runtime::Metrics& metrics;
};

class LiveServer {
 public:
  LiveServer(boost::asio::io_context& io, LiveSettings settings, LiveServices services);
  ~LiveServer();

  void start();
  void accept(runtime::Upgrade upgrade);
  // News of a commit of this node. It goes to the bus and comes back from there, never directly to a socket.
  void publish(const News& news);
  bool redis_connected() const;
  // How far the post's latest removal has come, as the running nodes have told each other: kept in memory for
  // limits::reach_memory, and while Redis is away this node's own counts only. Nothing when it is not known here.
  std::optional<ReachView> reach(PostId post) const;
  // See Hub.
  void listen(Channel channel);
  std::optional<std::int64_t> heard_version(Channel channel);
  // Who that is; see RightsWatch::identify.
  void identify(forum::Proof proof, forum::Identified done);
  // The way down, in two steps, so that what is committed between them is still published. First the sockets: each
  // gets a goodbye with its own slot and is closed with 1012; waits at most `patience`, cuts the rest, takes no more.
  runtime::Task<> close_sockets(std::chrono::milliseconds patience);
  // Then the bus: waits at most `patience` until it has taken what was published, and stops.
  runtime::Task<> stop_bus(std::chrono::milliseconds patience);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace foyer::live
