// The one translation unit that instantiates Beast's WebSocket.
#include "server/live/socket.hpp"

#include <optional>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "protocol/close_codes.hpp"
#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/live/frame_layer.hpp"
#include "server/live/handshake.hpp"

namespace foyer::live {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using SystemError = boost::system::error_code;

// Beast asks for the whole of it before the first byte comes, so an idle socket holds this much: enough for all
// messages but posts. A larger buffer is given back after its message.
constexpr std::size_t idle_read_bytes = 256;
constexpr std::size_t read_bytes = 4UL * 1024;

const Frames& heartbeat_frame() {
  static const Frames frame = text_frame(codec::heartbeat());
  return frame;
}

// Out of the acceptor's type-erased executor into the concrete one.
FrameLayer::Socket concrete(asio::io_context& io, asio::ip::tcp::socket socket) {
  SystemError ignored;
  const auto protocol = socket.local_endpoint(ignored).protocol();
  FrameLayer::Socket taken(io.get_executor());
  const auto handle = socket.release(ignored);
  if (!ignored) {
    taken.assign(protocol, handle, ignored);
    // Not the size of the send buffer, which would also hold back what is sent and not yet acknowledged.
    const int unsent = limits::live_send_buffer;
    ::setsockopt(handle, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
  }
  return taken;
}

}  // namespace

// Handlers hold it weakly: Beast keeps an operation that waits for another one inside the stream, and two of them may
// wait for each other for ever (a fault of the peer during our close). Sweeping ends that, and nothing is left.
class Socket::Impl final : public FrameLayer::Owner, public std::enable_shared_from_this<Impl> {
 public:
  Impl(asio::io_context& io, runtime::Upgrade upgrade, std::shared_ptr<Listener> listener)
      : headers_(std::move(upgrade.headers)),
        seat_(std::move(upgrade.seat)),
        listener_(std::move(listener)),
        stream_(concrete(io, std::move(upgrade.socket))),
        deadline_(std::chrono::steady_clock::now() + limits::live_handshake_time),
        last_progress_(std::chrono::steady_clock::now()) {}

  void start() { layer().set_owner(weak_from_this()); }
  void accept();
  void refuse(const Error& error);
  void send(const Frames& frames);
  Outlet& outlet() { return layer().outlet(); }
  void send_rest(const Frames& frames, std::size_t sent) { layer().send_rest(frames, sent); }
  std::size_t waiting_bytes() const { return stream_.next_layer().waiting_bytes(); }
  void close(std::uint16_t code, std::string_view reason);
  void cut();
  void abandon();
  void sweep(TimePoint now);

  void on_too_slow() override {
    if (listener_) {
      listener_->on_too_slow();
    }
  }
  void on_drained() override {
    if (listener_) {
      listener_->on_drained();
    }
  }

 private:
  FrameLayer& layer() { return stream_.next_layer(); }
  void prepare();
  void on_accepted(const SystemError& error);
  void on_control(websocket::frame_type kind);
  void read_next();
  void on_read(const SystemError& error);
  void end();
  void end_later();
  bool behaves(TimePoint now);
  bool may_send() const { return open_ && !closing_ && stream_.is_open(); }

  Headers headers_;             // until the handshake
  std::shared_ptr<void> seat_;  // this connection's place in the count of its address
  std::shared_ptr<Listener> listener_;
  websocket::stream<FrameLayer, false> stream_;
  beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;  // until the handshake is answered
  bool open_ = false;
  bool closing_ = false;
  bool heard_ = true;                  // since the last sweep
  std::optional<TimePoint> deadline_;  // of the handshake or of closing
  TimePoint last_heard_;
  TimePoint last_sent_;
  TimePoint last_ping_;
  TimePoint last_progress_;  // of the queue, or it was empty
};

void Socket::Impl::prepare() {
  stream_.read_message_max(limits::live_message_bytes);
  stream_.auto_fragment(false);
  stream_.text(true);
  const bool ours = offered_subprotocol(headers_) == Offer::ours;
  stream_.set_option(websocket::stream_base::decorator([ours](websocket::response_type& response) {
    if (ours) {
      response.set(http::field::sec_websocket_protocol, subprotocol);
    }
  }));
  stream_.control_callback([this](websocket::frame_type kind, beast::string_view) { on_control(kind); });
  request_ = {http::verb::get, "/live", 11};
  for (const auto& [name, value] : std::exchange(headers_, {})) {
    request_.insert(name, value);
  }
}

void Socket::Impl::accept() {
  if (closing_) {
    return;
  }
  if (offered_subprotocol(headers_) == Offer::only_others) {
    refuse(refused(ErrorCode::bad_request, "The only subprotocol spoken here is foyer.v1."));
    return;
  }
  prepare();
  stream_.async_accept(request_, [weak = weak_from_this()](const SystemError& error) {
    if (const auto self = weak.lock()) {
      self->on_accepted(error);
    }
  });
}

void Socket::Impl::refuse(const Error& error) {
  if (std::exchange(closing_, true)) {
    return;
  }
  layer().send(std::make_shared<const std::string>(refusal_response(error)));
  layer().finish([this](const SystemError&) { end_later(); });
}

void Socket::Impl::on_accepted(const SystemError& error) {
  request_ = {};
  if (error || closing_) {
    end();
    return;
  }
  open_ = true;
  deadline_.reset();
  layer().allow_direct();
  outlet().sent = true;
  listener_->on_open();
  read_next();
}

// Called by Beast from within a read: what follows from it is posted.
void Socket::Impl::on_control(websocket::frame_type kind) {
  heard_ = true;
  if (kind == websocket::frame_type::ping) {
    asio::post(layer().get_executor(), [self = shared_from_this()] {
      if (self->listener_) {
        self->listener_->on_ping();
      }
    });
  }
}

void Socket::Impl::read_next() {
  const std::size_t at_most = buffer_.size() == 0 ? idle_read_bytes : read_bytes;
  stream_.async_read_some(buffer_, at_most, [weak = weak_from_this()](const SystemError& error, std::size_t) {
    if (const auto self = weak.lock()) {
      self->on_read(error);
    }
  });
}

void Socket::Impl::on_read(const SystemError& error) {
  if (error || !listener_) {
    end();
    return;
  }
  heard_ = true;
  if (!stream_.is_message_done() && !closing_) {
    read_next();
    return;
  }
  if (!closing_ && !stream_.got_text()) {
    close(websocket::close_code::unknown_data, "text only");
  } else if (!closing_) {
    const auto data = buffer_.data();
    listener_->on_text({static_cast<const char*>(data.data()), data.size()});
  }
  buffer_.consume(buffer_.size());
  if (buffer_.capacity() > idle_read_bytes) {
    buffer_.shrink_to_fit();
  }
  if (!closing_) {
    read_next();
  }
}

void Socket::Impl::send(const Frames& frames) {
  if (may_send()) {
    outlet().sent = true;
    layer().send(frames);
  }
}

void Socket::Impl::close(std::uint16_t code, std::string_view reason) {
  if (closing_) {
    return;
  }
  closing_ = true;
  layer().forbid_direct();
  deadline_ = std::chrono::steady_clock::now() + limits::live_close_time;
  if (!open_) {
    cut();
    return;
  }
  if (!stream_.is_open()) {
    return;  // the peer or Beast has begun to close already
  }
  if (code == close_code::too_slow) {
    layer().drop_unbegun();
  }
  const websocket::close_reason why(static_cast<websocket::close_code>(code), beast::string_view(reason));
  // From here on Beast reads what still comes, up to the peer's answer, and a read of ours beside it would stand in the
  // middle of a frame. A peer that never answers meets the deadline.
  stream_.async_close(why, [weak = weak_from_this()](const SystemError&) {
    if (const auto self = weak.lock()) {
      self->end();
    }
  });
}

// Pending operations end by themselves; there may be none.
void Socket::Impl::cut() {
  closing_ = true;
  layer().cut();
  end_later();
}

void Socket::Impl::abandon() {
  listener_.reset();
  closing_ = true;
  layer().cut();
}

void Socket::Impl::end_later() {
  asio::post(layer().get_executor(), [self = shared_from_this()] { self->end(); });
}

void Socket::Impl::sweep(TimePoint now) {
  if (open_ && !deadline_ && !stream_.is_open()) {
    deadline_ = now + limits::live_close_time;  // Beast is closing after a fault of the peer
  }
  if (deadline_ && now >= *deadline_) {
    cut();
    return;
  }
  if (!behaves(now)) {
    return;
  }
  last_heard_ = std::exchange(heard_, false) ? now : last_heard_;
  last_sent_ = std::exchange(outlet().sent, false) ? now : last_sent_;
  if (!may_send()) {
    return;
  }
  if (now - last_heard_ >= limits::live_peer_silence) {
    cut();
    return;
  }
  if (now - last_heard_ >= limits::live_ping_after && now - last_ping_ >= limits::live_ping_after) {
    last_ping_ = now;
    layer().send(ping_frame());
  }
  // One sweep early rather than late: the welcome promised a sign of life after that many seconds.
  if (now - last_sent_ >= limits::live_heartbeat - limits::live_sweep_every) {
    send(heartbeat_frame());
  }
}

// What a peer does that no single message shows.
bool Socket::Impl::behaves(TimePoint now) {
  if (layer().take_progress() || layer().waiting_bytes() == 0) {
    last_progress_ = now;
  }
  const bool floods = layer().take_bytes_read() > limits::live_bytes_per_second;
  if (!listener_ || closing_) {
    return true;  // the deadline ends it
  }
  if (floods) {
    listener_->on_flood();
  } else if (now - last_progress_ >= limits::live_stall_time) {
    listener_->on_too_slow();
  }
  return !closing_;
}

void Socket::Impl::end() {
  layer().cut();
  if (const auto listener = std::exchange(listener_, nullptr)) {
    listener->on_closed();
  }
}

Socket::Socket(asio::io_context& io, runtime::Upgrade upgrade, std::shared_ptr<Listener> listener)
    : impl_(std::make_shared<Impl>(io, std::move(upgrade), std::move(listener))) {
  impl_->start();
}

Socket::~Socket() { impl_->abandon(); }

void Socket::accept() { impl_->accept(); }
void Socket::refuse(const Error& error) { impl_->refuse(error); }
void Socket::send(const Frames& frames) { impl_->send(frames); }
Outlet& Socket::outlet() { return impl_->outlet(); }
void Socket::send_rest(const Frames& frames, std::size_t sent) { impl_->send_rest(frames, sent); }
std::size_t Socket::waiting_bytes() const { return impl_->waiting_bytes(); }
void Socket::close(std::uint16_t code, std::string_view reason) { impl_->close(code, reason); }
void Socket::cut() { impl_->cut(); }
void Socket::abandon() { impl_->abandon(); }
void Socket::sweep(TimePoint now) { impl_->sweep(now); }

}  // namespace foyer::live
