// One client on the live channel: who it is, what it has subscribed, what it sends. Frames come from its Socket
// and answers go there; what it watches comes from the hub through Viewer. Lives until its socket has closed.
// I/O thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "persistence/post_writer.hpp"
#include "protocol/frames.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/actor.hpp"
#include "server/live/hub.hpp"
#include "server/live/rights_watch.hpp"
#include "server/live/socket.hpp"
#include "server/live/viewer.hpp"
#include "server/runtime/rate_limit.hpp"
#include "server/runtime/task.hpp"
#include "server/runtime/upgrade.hpp"

namespace foyer::live {

struct SessionFigures {  // of all sessions, since start; for metrics
  std::uint64_t closed_too_slow = 0;
  std::uint64_t closed_too_many = 0;
  std::uint64_t closed_revoked = 0;
  std::uint64_t subscriptions_ended = 0;  // as a right was lost
  std::uint64_t frames_received = 0;
  std::uint64_t posts = 0;
};

// member:{id} and moderation have nothing to show until there are notifications and a queue: to those who may watch
// them they do not exist yet, rather than existing and staying silent.
Result<void> may_watch_now(const forum::Actor& actor, Channel channel);

struct SessionServices {
  std::string node;
  boost::asio::io_context& io;
  Hub& hub;
  RightsWatch& rights;
  persistence::PostWriter& post_writer;
  runtime::RateLimiter& rate_limiter;
  SessionFigures& figures;
  std::function<void(std::uint64_t id)> closed;  // once, after everything
  // Who may watch what, asked at each subscribe and again when a right changes.
  Result<void> (*may_watch)(const forum::Actor& actor, Channel channel) = &may_watch_now;
};

class LiveSession final : public Viewer,
                          public Socket::Listener,
                          public RightsHolder,
                          public std::enable_shared_from_this<LiveSession> {
 public:
  LiveSession(std::uint64_t id, SessionServices& services);
  ~LiveSession();
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;

  void start(runtime::Upgrade upgrade);
  // The server restarts: come back after so long.
  void say_goodbye(int retry_ms);
  // The server ends: nothing is sent or called any more, and the hub is left at once.
  void abandon();
  void sweep(TimePoint now) { socket_->sweep(now); }

  // Viewer
  void send(const Frames& frames) override { socket_->send(frames); }
  Outlet& outlet() override { return socket_->outlet(); }
  void send_rest(const Frames& frames, std::size_t sent) override { socket_->send_rest(frames, sent); }
  std::size_t waiting_bytes() const override { return socket_->waiting_bytes(); }
  void on_refused(Channel channel, std::int64_t frame_id, const Error& error) override;
  // RightsHolder
  const forum::Proof& proof() const override { return proof_; }
  void on_rights(const Result<forum::Actor>& actor) override;
  // Socket::Listener
  void on_open() override;
  void on_text(std::string_view text) override;
  void on_ping() override { count_message(); }
  void on_drained() override;
  void on_too_slow() override;
  void on_flood() override;
  void on_closed() override;

 private:
  struct Watched {
    std::unique_ptr<Subscription> subscription;
    TimePoint typing_passed_on;
  };

  static runtime::Task<> write_post(std::shared_ptr<LiveSession> self, PostFrame frame);

  void identify(void (LiveSession::*then)(const Result<forum::Actor>& actor));
  void open(const Result<forum::Actor>& actor);
  void end_forbidden_subscriptions();
  using WatchedChannels = std::unordered_map<Channel, Watched>;
  WatchedChannels::iterator end(WatchedChannels::iterator watched);
  Seq acknowledged_earlier(Channel channel) const;
  void release_posts();
  void on_writer_known(const Result<forum::Actor>& actor);
  void write_waiting_posts();
  bool count_message();
  Result<persistence::NewPost> prepare(const PostFrame& frame);
  void answer(const SubscribeFrame& frame);
  void answer(const UnsubscribeFrame& frame);
  void answer(PostFrame frame);
  void answer(const TypingFrame& frame);
  void answer(const AppliedFrame& frame);
  void send_text(std::string_view text) { socket_->send(text_frame(text)); }
  void send_error(std::optional<std::int64_t> frame_id, const Error& error);

  const std::uint64_t id_;
  std::string rate_key_;  // of the member, whose sockets share it; of a guest's socket
  SessionServices& services_;
  std::shared_ptr<Socket> socket_;
  forum::Proof proof_;
  forum::Actor actor_;
  TimePoint identified_at_;
  std::uint8_t reach_bucket_ = 0;  // of the member, or of the guest's network
  WatchedChannels watched_;
  std::vector<std::pair<Channel, Seq>> acknowledged_;  // on channels that it has left since, latest last
  int malformed_in_a_row_ = 0;
  std::size_t posts_under_way_ = 0;
  std::vector<PostFrame> posts_waiting_;  // for who writes; counted in posts_under_way_
  bool closed_ = false;
};

}  // namespace foyer::live
