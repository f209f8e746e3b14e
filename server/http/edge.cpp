#include "server/http/edge.hpp"

#include <random>

#include "protocol/limits.hpp"
#include "server/http/auth.hpp"
#include "server/http/problem.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::http {
namespace {

std::string hexadecimal(std::uint64_t number, std::size_t digits) {
  constexpr std::string_view letters = "0123456789abcdef";
  std::string text(digits, '0');
  for (std::size_t at = digits; at > 0; --at) {
    text[at - 1] = letters[number & 15U];
    number >>= 4U;
  }
  return text;
}

}  // namespace

Edge::Edge(boost::asio::io_context& io, std::shared_ptr<Listener> listener, EdgeParts parts)
    : executor_(io.get_executor()),
      listener_(std::move(listener)),
      parts_(std::move(parts)),
      dispatcher_(parts_.site, parts_.services, parts_.router),
      all_ended_(io),
      id_prefix_(hexadecimal(std::random_device{}(), 8)) {}

void Edge::start() {
  Listener::Accepted take = [self = shared_from_this()](Socket socket) { self->accepted(std::move(socket)); };
  runtime::spawn(executor_, "accept", Listener::accept(listener_, std::move(take)));
}

void Edge::accepted(Socket socket) {
  boost::system::error_code error;
  const auto address = socket.remote_endpoint(error).address();
  if (error) {
    return;  // gone already
  }
  if (sessions_.size() >= limits::http_connections) {
    note_refusal("connections");
    return;
  }
  std::shared_ptr<void> seat;
  Peer peer = parts_.proxies.peer(address);
  if (parts_.seats && !peer.forwards) {
    seat = parts_.seats->take(limited_address(peer.address));
    if (!seat) {
      note_refusal("connections_of_address");
      return;
    }
  }
  socket.set_option(boost::asio::ip::tcp::no_delay(true), error);
  auto session = std::make_shared<Session>(std::move(socket), std::move(peer), shared_from_this(), std::move(seat));
  sessions_.insert(session.get());
  runtime::spawn(executor_, "http session", Session::run(std::move(session)));
}

void Edge::ended(Session& session) {
  sessions_.erase(&session);
  if (sessions_.empty() && draining_) {
    all_ended_.cancel();
  }
}

runtime::Task<> Edge::shutdown(std::shared_ptr<Edge> self, std::chrono::milliseconds patience) {
  self->draining_ = true;
  self->listener_->stop();
  const std::vector<Session*> open(self->sessions_.begin(), self->sessions_.end());
  for (Session* session : open) {
    session->close_if_idle();
  }
  if (!self->sessions_.empty()) {
    boost::system::error_code woken;
    self->all_ended_.expires_after(patience);
    co_await self->all_ended_.async_wait(runtime::no_throw(woken));
  }
  const std::vector<Session*> late(self->sessions_.begin(), self->sessions_.end());
  for (Session* session : late) {
    session->cut();
  }
}

runtime::Task<Response> Edge::answer(Request request, LateAnswer& late) {
  return dispatcher_.answer(std::move(request), late);
}

Response Edge::refusal(const Error& error, const std::string& request_id) {
  return dispatcher_.refusal(error, request_id);
}

void Edge::note_refusal(std::string_view why) { dispatcher_.record().note_refusal(why); }

std::string Edge::next_request_id() { return id_prefix_ + "-" + hexadecimal(++requests_, 8); }

std::string Edge::client_of(const Peer& peer, const Headers& headers) {
  return parts_.proxies.client_of(peer, headers);
}

Result<forum::Proof> Edge::check_upgrade(const Request& request) {
  const Router::Match match = parts_.router.match(request.method, request.path);
  if (!std::holds_alternative<Router::Found>(match)) {
    return not_found();
  }
  if (draining_) {
    return refused(ErrorCode::unavailable, "The server is shutting down.");
  }
  return proof_of_upgrade(request.headers, parts_.site.transport, parts_.site.origin);
}

void Edge::hand_over(runtime::Upgrade upgrade) { parts_.services.upgrade(std::move(upgrade)); }

}  // namespace foyer::http
