// The stream below Beast's websocket::stream: one ordered queue takes Beast's own bytes (handshake, pong, close:
// always whole) and our finished frames, so frames never interleave. A frame goes out in one non-blocking send;
// what the kernel does not take waits here, bounded in bytes, until the socket is writable. Shared buffers are
// kept, never copied. I/O thread only; the owner must be kept by the shared_ptr it was given.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>

#include "server/live/frame.hpp"
#include "server/live/outlet.hpp"

namespace foyer::live {

class FrameLayer {
 public:
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
  using executor_type = Socket::executor_type;
  using Error = boost::system::error_code;

  class Owner {
   public:
    virtual void on_too_slow() = 0;  // once; may not close the layer before it returned
    virtual void on_drained() = 0;   // all that had to wait is written

   protected:
    ~Owner() = default;
  };

  explicit FrameLayer(Socket socket) : socket_(std::move(socket)) {}

  void set_owner(std::weak_ptr<Owner> owner) { owner_ = std::move(owner); }
  void send(Frames frames);
  // Frames may also go straight to the kernel through the outlet, as long as nothing waits here; until forbidden, or
  // Beast has sent its close frame.
  void allow_direct();
  void forbid_direct();
  Outlet& outlet() { return outlet_; }
  void send_rest(Frames frames, std::size_t sent) { enqueue(std::move(frames), sent); }
  std::size_t waiting_bytes() const { return waiting_bytes_; }
  // Since the last call: whether the queue moved, and the bytes that were read.
  bool take_progress() { return std::exchange(progress_, false); }
  std::size_t take_bytes_read() { return std::exchange(*bytes_read_, 0); }
  // Forgets what has not been begun, so that a last word comes out before the patience ends.
  void drop_unbegun();
  // No more reads or writes; pending ones are cancelled.
  void cut();
  // When everything is written: shuts the sending side down and waits for the peer to close. Ends with cut() too.
  void finish(std::function<void(Error)> done);

  executor_type get_executor() { return socket_.get_executor(); }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(Error, std::size_t)>(
        [this](auto handler, const Buffers& into) {
          socket_.async_read_some(into, Counting<decltype(handler)>{std::move(handler), get_executor(), bytes_read_});
        },
        token, buffers);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(Error, std::size_t)>(
        [this](auto handler, const Buffers& bytes) {
          auto copy = std::make_shared<std::string>(boost::asio::buffer_size(bytes), '\0');
          boost::asio::buffer_copy(boost::asio::buffer(*copy), bytes);
          const std::size_t size = copy->size();
          if (is_close_frame(*copy)) {
            forbid_direct();
          }
          send(std::move(copy));
          boost::asio::post(get_executor(), boost::beast::bind_front_handler(std::move(handler), Error{}, size));
        },
        token, buffers);
  }

 private:
  struct Piece {
    Frames frames;
    std::size_t sent = 0;
  };
  // The handler of a read, which counts for it; it may be called when the layer is gone.
  template <class Handler>
  struct Counting {
    using executor_type = boost::asio::associated_executor_t<Handler, FrameLayer::executor_type>;
    using allocator_type = boost::asio::associated_allocator_t<Handler>;
    executor_type get_executor() const noexcept { return boost::asio::get_associated_executor(handler, fallback); }
    allocator_type get_allocator() const noexcept { return boost::asio::get_associated_allocator(handler); }
    void operator()(const Error& error, std::size_t bytes) {
      *count += bytes;
      std::move(handler)(error, bytes);
    }

    Handler handler;
    FrameLayer::executor_type fallback;  // NOLINT(cppcoreguidelines-pro-type-member-init): an aggregate, always given
    std::shared_ptr<std::size_t> count;
  };
  std::size_t send_now(std::string_view bytes);
  void enqueue(Frames frames, std::size_t sent);
  void wait_writable();
  void write_waiting();
  void forget_written();
  void shut_down();
  void drain_peer();
  void tell_finished(Error error);

  static bool is_close_frame(std::string_view bytes) { return bytes.starts_with('\x88'); }
  void update_outlet();

  Socket socket_;
  Outlet outlet_;
  std::weak_ptr<Owner> owner_;
  std::vector<Piece> queue_;  // a vector: an idle socket holds no memory for it
  std::size_t first_ = 0;     // of the queue, not yet written
  std::size_t waiting_bytes_ = 0;
  std::shared_ptr<std::size_t> bytes_read_ = std::make_shared<std::size_t>(0);
  bool progress_ = false;
  bool direct_allowed_ = false;
  bool waiting_ = false;
  bool too_slow_ = false;
  bool broken_ = false;
  std::function<void(Error)> finished_;
};

// Beast closes a connection through these.
template <class Token>
void async_teardown(boost::beast::role_type, FrameLayer& layer, Token&& token) {
  using Handler = std::decay_t<Token>;
  auto handler = std::make_shared<Handler>(std::forward<Token>(token));  // it may only be moved, a function copies
  layer.finish([&layer, handler](FrameLayer::Error error) {
    boost::asio::post(layer.get_executor(), boost::beast::bind_front_handler(std::move(*handler), error));
  });
}
inline void teardown(boost::beast::role_type, FrameLayer& layer, FrameLayer::Error& error) {
  layer.cut();
  error = {};
}
inline void beast_close_socket(FrameLayer& layer) { layer.cut(); }

}  // namespace foyer::live
