#include "server/live/live_session.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "protocol/close_codes.hpp"
#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/forum/guarded.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/posts.hpp"
#include "server/runtime/on_worker.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::live {
namespace {

constexpr runtime::Rate message_rate{limits::live_messages_per_minute, limits::live_messages_per_minute / 4.0};
constexpr runtime::Rate write_rate{limits::writes_per_minute_member, limits::writes_burst_member};

// An error frame has one sentence.
std::string sentence(const Error& error) {
  if (!error.detail.empty()) {
    return error.detail;  // the codec's and the rules' details name their fields already
  }
  return std::string(title(error.code));
}

// The proof is worth nothing any more, rather than unreadable at the moment.
bool revoked(const Result<forum::Actor>& actor) {
  return actor.has_error() ? actor.error().code == ErrorCode::unauthenticated || actor.error().code == ErrorCode::banned
                           : actor->guest();
}

}  // namespace

Result<void> may_watch_now(const forum::Actor& actor, Channel channel) {
  auto allowed = forum::may_subscribe(actor, channel);
  if (allowed && (channel.kind == ChannelKind::member || channel.kind == ChannelKind::moderation)) {
    return refused(ErrorCode::not_found, "There is no such channel.");
  }
  return allowed;
}

LiveSession::LiveSession(std::uint64_t id, SessionServices& services)
    : id_(id), rate_key_("live:" + std::to_string(id)), services_(services) {}

LiveSession::~LiveSession() = default;

void LiveSession::start(runtime::Upgrade upgrade) {
  proof_ = {upgrade.session_token, upgrade.bearer_token};
  reach_bucket_ = reach_bucket("network:" + upgrade.client_network);
  socket_ = std::make_shared<Socket>(services_.io, std::move(upgrade), shared_from_this());
  if (proof_.session_token.empty() && proof_.bearer_token.empty()) {
    socket_->accept();
  } else {
    // Before the handshake is answered, so that no frame of the client comes before we know who it is.
    identify(&LiveSession::open);
  }
}

void LiveSession::identify(void (LiveSession::*then)(const Result<forum::Actor>& actor)) {
  services_.rights.identify(proof_, [weak = weak_from_this(), then](const Result<forum::Actor>& actor) {
    if (const auto self = weak.lock(); self && !self->closed_) {
      (self.get()->*then)(actor);
    }
  });
}

void LiveSession::open(const Result<forum::Actor>& actor) {
  if (actor.has_error()) {
    socket_->refuse(actor.error());
    return;
  }
  actor_ = *actor;
  if (actor_.user) {
    identified_at_ = std::chrono::steady_clock::now();
    const std::string member = "member:" + std::to_string(actor_.user->id.value);
    rate_key_ = "live:" + member;
    reach_bucket_ = reach_bucket(member);
    services_.rights.add(id_, actor_.user->id, *this);
  }
  socket_->accept();
}

// A right of this member has changed, somewhere.
void LiveSession::on_rights(const Result<forum::Actor>& actor) {
  if (revoked(actor)) {
    ++services_.figures.closed_revoked;
    services_.rights.remove(id_);
    socket_->close(close_code::session_revoked, "the session has ended");
    return;
  }
  if (actor.has_value()) {
    actor_ = *actor;
    identified_at_ = std::chrono::steady_clock::now();
    end_forbidden_subscriptions();
  }
}

void LiveSession::end_forbidden_subscriptions() {
  for (auto watched = watched_.begin(); watched != watched_.end();) {
    const Channel channel = watched->first;
    const auto allowed = services_.may_watch(actor_, channel);
    if (allowed.has_value()) {
      ++watched;
      continue;
    }
    ++services_.figures.subscriptions_ended;
    watched = end(watched);
    send_text(codec::encode(UnsubscribedFrame{std::nullopt, channel, sentence(allowed.error())}));
  }
}

// What it has acknowledged is kept, or the socket could subscribe again and count for another screen.
LiveSession::WatchedChannels::iterator LiveSession::end(WatchedChannels::iterator watched) {
  const Channel channel = watched->first;
  if (const auto seq = watched->second.subscription->acknowledged()) {
    const Seq highest = std::max(*seq, acknowledged_earlier(channel));
    std::erase_if(acknowledged_, [&](const auto& entry) { return entry.first == channel; });
    acknowledged_.emplace_back(channel, highest);
    if (acknowledged_.size() > limits::live_subscriptions) {
      acknowledged_.erase(acknowledged_.begin());
    }
  }
  return watched_.erase(watched);
}

Seq LiveSession::acknowledged_earlier(Channel channel) const {
  const auto known = std::ranges::find(acknowledged_, channel, &std::pair<Channel, Seq>::first);
  return known == acknowledged_.end() ? Seq{} : known->second;
}

void LiveSession::on_open() {
  constexpr int heartbeat_seconds = std::chrono::duration_cast<std::chrono::seconds>(limits::live_heartbeat).count();
  send_text(codec::encode(WelcomeFrame{services_.node, actor_.user, heartbeat_seconds}));
}

bool LiveSession::count_message() {
  ++services_.figures.frames_received;
  if (!services_.rate_limiter.refuse_for(rate_key_, message_rate)) {
    return true;
  }
  ++services_.figures.closed_too_many;
  socket_->close(close_code::too_many, "too many messages");
  return false;
}

void LiveSession::on_text(std::string_view text) {
  if (!count_message()) {
    return;
  }
  auto decoded = codec::decode_client_frame(text);
  if (const auto* fault = std::get_if<codec::FrameError>(&decoded)) {
    send_error(fault->frame_id, fault->error);
    if (++malformed_in_a_row_ == limits::live_malformed) {
      socket_->close(close_code::policy, "malformed messages");
    }
    return;
  }
  malformed_in_a_row_ = 0;
  std::visit([this](auto& frame) { answer(std::move(frame)); }, std::get<ClientFrame>(decoded));
}

void LiveSession::answer(const SubscribeFrame& frame) {
  if (watched_.contains(frame.channel)) {
    send_error(frame.id, refused(ErrorCode::conflict, "This socket has subscribed to the channel already."));
    return;
  }
  if (watched_.size() >= limits::live_subscriptions) {
    send_error(frame.id, refused(ErrorCode::conflict, "This socket has as many subscriptions as it may have."));
    return;
  }
  if (const auto allowed = services_.may_watch(actor_, frame.channel); allowed.has_error()) {
    send_error(frame.id, allowed.error());
    return;
  }
  const ReachWitness witness{reach_bucket_, acknowledged_earlier(frame.channel)};
  if (auto subscription = services_.hub.subscribe(*this, frame, witness)) {
    watched_.emplace(frame.channel, Watched{std::move(subscription), {}});
  } else {
    send_error(frame.id, refused(ErrorCode::unavailable, "This node has too many live channels. Reconnect."));
  }
}

void LiveSession::answer(const UnsubscribeFrame& frame) {
  if (const auto watched = watched_.find(frame.channel); watched == watched_.end()) {
    send_error(frame.id, refused(ErrorCode::not_found, "This socket has not subscribed to the channel."));
  } else {
    end(watched);
    send_text(codec::encode(UnsubscribedFrame{frame.id, frame.channel, ""}));
  }
}

void LiveSession::answer(PostFrame frame) {
  if (posts_under_way_ >= limits::live_pending_commands) {
    ++services_.figures.closed_too_many;
    socket_->close(close_code::too_many, "too many posts at once");
    return;
  }
  ++posts_under_way_;
  posts_waiting_.push_back(std::move(frame));
  if (posts_waiting_.size() == 1) {
    release_posts();
  }
}

// The same road and the same limits as POST /threads/{id}/posts.
Result<persistence::NewPost> LiveSession::prepare(const PostFrame& frame) {
  if (actor_.user) {
    const std::string key = "write:member:" + std::to_string(actor_.user->id.value);
    if (const auto seconds = services_.rate_limiter.refuse_for(key, write_rate)) {
      Error too_fast = refused(ErrorCode::rate_limited, "You write faster than this forum takes it.");
      too_fast.retry_after_seconds = seconds;
      return too_fast;
    }
  }
  return forum::prepare_post(actor_, frame.thread_id, frame.post, frame.key);
}

// A change of rights takes a moment to come here, so who writes is looked up again when that is longer ago than
// limits::live_rights_life. Posts that come meanwhile wait, and keep their order.
void LiveSession::release_posts() {
  const auto age = std::chrono::steady_clock::now() - identified_at_;
  if (actor_.user && age > limits::live_rights_life) {
    identify(&LiveSession::on_writer_known);
  } else {
    write_waiting_posts();
  }
}

void LiveSession::on_writer_known(const Result<forum::Actor>& actor) {
  if (actor.has_error() && !revoked(actor)) {
    for (const PostFrame& frame : std::exchange(posts_waiting_, {})) {
      --posts_under_way_;
      send_error(frame.id, actor.error());
    }
    return;
  }
  on_rights(actor);
  if (revoked(actor)) {
    posts_waiting_.clear();
  } else {
    write_waiting_posts();
  }
}

void LiveSession::write_waiting_posts() {
  for (PostFrame& frame : std::exchange(posts_waiting_, {})) {
    runtime::spawn(services_.io.get_executor(), "live post", write_post(shared_from_this(), std::move(frame)));
  }
}

runtime::Task<> LiveSession::write_post(std::shared_ptr<LiveSession> self, PostFrame frame) {
  auto post = self->prepare(frame);
  if (post.has_error()) {
    --self->posts_under_way_;
    self->send_error(frame.id, post.error());
    co_return;
  }
  auto submit = [&writer = self->services_.post_writer, post = std::move(*post)](const auto& done) mutable {
    if (const Result<void> taken = writer.submit(std::move(post), done); !taken) {
      done(Result<Posted>(taken.error()));
    }
  };
  Result<Posted> late = forum::outcome_unknown();
  auto posted = co_await runtime::await_callback_within<Result<Posted>>(limits::post_answer_time, std::move(late),
                                                                        std::move(submit));
  --self->posts_under_way_;
  if (posted.has_error()) {
    self->send_error(frame.id, posted.error());
  } else {
    ++self->services_.figures.posts;
    self->send_text(codec::encode(PostedFrame{frame.id, std::move(*posted)}));
  }
}

void LiveSession::answer(const TypingFrame& frame) {
  const auto found = watched_.find(frame.channel);
  const auto now = std::chrono::steady_clock::now();
  if (found == watched_.end() || forum::may_post(actor_).has_error() ||
      now - found->second.typing_passed_on < limits::typing_every) {
    return;
  }
  found->second.typing_passed_on = now;
  services_.hub.publish_typing(frame.channel, actor_.user->name);
}

void LiveSession::answer(const AppliedFrame& frame) {
  const auto found = watched_.find(frame.channel);
  if (frame.channel.durable() && found != watched_.end()) {
    found->second.subscription->acknowledge(frame.seq);
  } else {
    send_error(std::nullopt, refused(ErrorCode::not_found, "This socket has not subscribed to the channel."));
  }
}

void LiveSession::on_refused(Channel channel, std::int64_t frame_id, const Error& error) {
  watched_.erase(channel);
  send_error(frame_id, error);
}

void LiveSession::send_error(std::optional<std::int64_t> frame_id, const Error& error) {
  send_text(codec::encode(ErrorFrame{frame_id, std::string(code_word(error.code)), sentence(error)}));
}

void LiveSession::on_drained() {
  for (const auto& [channel, watched] : watched_) {
    watched.subscription->resume();
  }
}

void LiveSession::on_too_slow() {
  ++services_.figures.closed_too_slow;
  socket_->close(close_code::too_slow, "reading too slowly");
}

void LiveSession::on_flood() {
  ++services_.figures.closed_too_many;
  socket_->close(close_code::too_many, "too many bytes");
}

void LiveSession::say_goodbye(int retry_ms) {
  send_text(codec::encode(GoodbyeFrame{retry_ms}));
  socket_->close(close_code::restart, "restart");
}

void LiveSession::abandon() {
  closed_ = true;
  services_.rights.remove(id_);
  watched_.clear();
  socket_->abandon();
}

void LiveSession::on_closed() {
  if (std::exchange(closed_, true)) {
    return;
  }
  watched_.clear();
  services_.rights.remove(id_);
  services_.closed(id_);
}

}  // namespace foyer::live
