#include "server/http/session.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "protocol/limits.hpp"
#include "server/http/chunked_body.hpp"
#include "server/http/client_address.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::http {
namespace {

namespace asio = boost::asio;

constexpr std::size_t read_bytes = 4096;
constexpr std::string_view head_end = "\r\n\r\n";

// A client that ends its lines with LF alone would otherwise be waited for.
bool has_lone_line_feed(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') {
      return true;
    }
  }
  return false;
}

Error gone() { return refused(ErrorCode::bad_request, "The connection ended within the request."); }

}  // namespace

Session::Session(Socket socket, Peer peer, std::shared_ptr<SessionHost> host, std::shared_ptr<void> seat,
                 SessionTimes times)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      times_(times),
      peer_(std::move(peer)),
      host_(std::move(host)),
      seat_(std::move(seat)) {}

Session::~Session() { host_->ended(*this); }

runtime::Task<> Session::run(std::shared_ptr<Session> self) {
  self->enter(Phase::idle, self->times_.header);
  After after = co_await self->serve_one();
  while (after == After::keep) {
    if (self->received().empty()) {
      self->forget_buffer();
      self->enter(Phase::idle, self->times_.idle);
    } else {
      self->enter(Phase::reading, self->times_.header);
    }
    after = co_await self->serve_one();
  }
  if (self->answered_late_) {
    co_return;  // answer_late() ends the connection, under its deadlines
  }
  if (self->socket_.is_open() && !self->silent_) {
    co_await self->linger();
  }
  self->phase_ = Phase::ended;
  self->timer_.cancel();
}

void Session::close_if_idle() {
  if (phase_ == Phase::idle) {
    cut();
  }
}

void Session::cut() {
  silent_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void Session::enter(Phase phase, std::chrono::steady_clock::duration patience) {
  phase_ = phase;
  deadline_ = std::chrono::steady_clock::now() + patience;
  // A timer that fires early looks at the deadline again, so most phases need not touch it.
  if (!watching_ || timer_.expiry() > deadline_) {
    watch();
  }
}

void Session::watch() {
  watching_ = true;
  timer_.expires_at(deadline_);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (error || !self || self->phase_ == Phase::ended) {
      return;
    }
    if (std::chrono::steady_clock::now() < self->deadline_) {
      self->watch();
    } else {
      self->watching_ = false;
      self->deadline_passed();
    }
  });
}

void Session::deadline_passed() {
  if (phase_ == Phase::handling) {
    answered_late_ = true;
    host_->note_refusal("slow_handler");
    Error error = refused(ErrorCode::unavailable, "The answer takes too long. Try again in a moment.");
    error.retry_after_seconds = 5;
    Response response = late_answer_(error);
    runtime::spawn(socket_.get_executor(), "late answer", answer_late(shared_from_this(), std::move(response)));
    return;
  }
  if (phase_ == Phase::reading) {
    host_->note_refusal("slow_request");
  }
  cut();
}

std::string_view Session::received() const {
  return {static_cast<const char*>(received_.data().data()), received_.size()};
}

// An idle connection must not keep the memory of its largest request.
void Session::forget_buffer() {
  if (received_.capacity() > 2 * read_bytes) {
    received_.shrink_to_fit();
  }
}

runtime::Task<bool> Session::read_some(std::size_t most) {
  boost::system::error_code error;
  const auto space = received_.prepare(std::min(most, read_bytes));
  const std::size_t bytes = co_await socket_.async_read_some(space, runtime::no_throw(error));
  received_.commit(bytes);
  silent_ = silent_ || (error && error != asio::error::eof);
  co_return !error && bytes > 0;
}

runtime::Task<Result<Admitted>> Session::read_head() {
  std::size_t searched = 0;
  for (;;) {
    if (received().starts_with("\r\n")) {  // some clients end a body with an empty line too many
      received_.consume(2);
    }
    const std::size_t end = received().find(head_end, searched);
    if (has_lone_line_feed(received().substr(0, end))) {
      co_return refused(ErrorCode::bad_request, "Lines must end with CR and LF.");
    }
    if (end != std::string::npos) {
      Result<Admitted> admitted = admit(received().substr(0, end + head_end.size()));
      received_.consume(end + head_end.size());
      co_return admitted;
    }
    if (received_.size() >= limits::http_header_bytes) {
      co_return refused(ErrorCode::header_too_large,
                        "The header may have " + std::to_string(limits::http_header_bytes) + " bytes.");
    }
    searched = received_.size() < head_end.size() ? 0 : received_.size() - head_end.size() + 1;
    const bool more = co_await read_some(limits::http_header_bytes - received_.size());
    if (!more) {
      silent_ = silent_ || received().empty();  // the usual end of a connection
      co_return gone();
    }
    if (phase_ == Phase::idle) {
      enter(Phase::reading, times_.header);
    }
  }
}

runtime::Task<Result<std::string>> Session::read_body(const Admitted& admitted) {
  if (admitted.framing == Framing::chunked) {
    Result<std::string> body = co_await read_chunks();
    co_return body;
  }
  while (received_.size() < admitted.length) {
    const bool more = co_await read_some(admitted.length - received_.size());
    if (!more) {
      co_return gone();
    }
  }
  std::string body(received().substr(0, admitted.length));
  received_.consume(admitted.length);
  co_return body;
}

runtime::Task<Result<std::string>> Session::read_chunks() {
  ChunkedBody body;
  for (;;) {
    std::string_view rest = received();
    const Result<bool> done = body.feed(rest);
    received_.consume(received_.size() - rest.size());
    if (!done) {
      co_return done.error();
    }
    if (*done) {
      co_return body.take();
    }
    const bool more = co_await read_some(read_bytes);
    if (!more) {
      co_return gone();
    }
  }
}

runtime::Task<> Session::invite_body(const Admitted& admitted) {
  if (admitted.expects_continue && received().empty()) {
    boost::system::error_code error;
    const auto invitation = asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n"));
    co_await asio::async_write(socket_, invitation, runtime::no_throw(error));
  }
}

runtime::Task<Session::After> Session::serve_one() {
  Result<Admitted> admitted = co_await read_head();
  request_id_ = host_->next_request_id();
  if (!admitted) {
    const After after = co_await refuse(admitted.error());
    co_return after;
  }
  enter(Phase::reading, times_.body);
  Request request;
  if (admitted->framing != Framing::none) {
    co_await invite_body(*admitted);
    Result<std::string> body = co_await read_body(*admitted);
    if (!body) {
      const After after = co_await refuse(body.error());
      co_return after;
    }
    request.body = std::move(*body);
  }
  request.id = request_id_;
  request.method = admitted->method;
  request.path = std::move(admitted->path);
  request.query = std::move(admitted->query);
  request.version = admitted->version;
  request.headers = std::move(admitted->headers);
  request.client_address = host_->client_of(peer_, request.headers);
  After after = After::close;
  if (admitted->wants_upgrade && request.method == Method::get && request.path == "/live") {
    after = co_await upgrade(std::move(request));
  } else {
    const KeepAlive keep_alive = admitted->keep_alive ? KeepAlive::yes : KeepAlive::no;
    after = co_await serve(std::move(request), keep_alive);
  }
  co_return after;
}

runtime::Task<Session::After> Session::serve(Request request, KeepAlive keep_alive) {
  method_ = request.method;
  enter(Phase::handling, times_.handler);
  const Response response = co_await host_->answer(std::move(request), late_answer_);
  late_answer_ = nullptr;
  if (answered_late_) {
    silent_ = true;
    co_return After::close;
  }
  if (host_->draining()) {
    keep_alive = KeepAlive::no;
  }
  const bool written = co_await write(response, method_, keep_alive);
  silent_ = silent_ || !written;
  const bool keep = written && keep_alive == KeepAlive::yes;
  co_return keep ? After::keep : After::close;
}

runtime::Task<Session::After> Session::refuse(const Error& error) {
  if (silent_ || !socket_.is_open()) {
    co_return After::close;
  }
  host_->note_refusal(code_word(error.code));
  runtime::log(runtime::LogLevel::info, "request_refused",
               {{"request", request_id_}, {"why", std::string_view(error.detail)}});
  const Response response = host_->refusal(error, request_id_);
  const bool written = co_await write(response, Method::get, KeepAlive::no);
  silent_ = silent_ || !written;
  co_return After::close;
}

runtime::Task<Session::After> Session::upgrade(Request request) {
  if (!received().empty()) {  // frames before the handshake is answered
    const Error early = refused(ErrorCode::bad_request, "Nothing may be sent before the upgrade is answered.");
    const After after = co_await refuse(early);
    co_return after;
  }
  Result<forum::Proof> proof = host_->check_upgrade(request);
  if (!proof) {
    const After after = co_await refuse(proof.error());
    co_return after;
  }
  runtime::Upgrade upgrade{asio::ip::tcp::socket(std::move(socket_)), std::move(request.headers),
                           std::move(proof->session_token),           std::move(proof->bearer_token),
                           limited_address(request.client_address),   seat_};
  silent_ = true;  // the socket is no longer ours
  host_->hand_over(std::move(upgrade));
  co_return After::close;
}

runtime::Task<bool> Session::write(const Response& response, Method method, KeepAlive keep_alive) {
  enter(Phase::writing, times_.write);
  const std::string head = response_head(response, keep_alive, std::chrono::system_clock::now());
  const std::string_view body = method == Method::head ? std::string_view() : bytes_of(response.body);
  const std::array<asio::const_buffer, 2> pieces{asio::buffer(head), asio::buffer(body)};
  boost::system::error_code error;
  co_await asio::async_write(socket_, pieces, runtime::no_throw(error));
  co_return !error;
}

// Closing while the client still sends would reset the connection and take the answer with it.
runtime::Task<> Session::linger() {
  enter(Phase::writing, times_.linger);
  boost::system::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  std::size_t dropped = 0;
  std::array<char, read_bytes> space{};
  while (!error && dropped < limits::http_linger_bytes) {
    const auto buffer = asio::buffer(space);
    const std::size_t bytes = co_await socket_.async_read_some(buffer, runtime::no_throw(error));
    dropped += bytes;
  }
  socket_.close(error);
}

runtime::Task<> Session::answer_late(std::shared_ptr<Session> self, Response response) {
  const bool written = co_await self->write(response, self->method_, KeepAlive::no);
  if (written) {
    co_await self->linger();
  }
  self->cut();
}

}  // namespace foyer::http
