// One WebSocket of the live channel, with Beast hidden in socket.cpp: handshake, reading, heartbeat, finding dead
// peers, closing with a time limit. Frames go out through FrameLayer, past Beast's writing but in one queue with
// it. I/O thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "protocol/errors.hpp"
#include "server/live/frame.hpp"
#include "server/live/live_clock.hpp"
#include "server/live/outlet.hpp"
#include "server/runtime/upgrade.hpp"

namespace foyer::live {

class Socket {
 public:
  class Listener {
   public:
    virtual void on_open() = 0;
    virtual void on_text(std::string_view text) = 0;  // valid UTF-8, at most limits::live_message_bytes
    virtual void on_ping() = 0;
    virtual void on_drained() = 0;   // what had to wait is written
    virtual void on_too_slow() = 0;  // limits::live_queue_bytes are waiting; may come from within send()
    virtual void on_flood() = 0;     // more than limits::live_bytes_per_second came in
    virtual void on_closed() = 0;    // last, once, never from within a call of this class

   protected:
    ~Listener() = default;
  };

  Socket(boost::asio::io_context& io, runtime::Upgrade upgrade, std::shared_ptr<Listener> listener);
  ~Socket();  // abandon()
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // Answers the upgrade: the handshake, or a problem document.
  void accept();
  void refuse(const Error& error);

  // Nothing goes out before on_open, nor after close.
  void send(const Frames& frames);
  Outlet& outlet();
  void send_rest(const Frames& frames, std::size_t sent);
  std::size_t waiting_bytes() const;
  // The reason is short ASCII. With too_slow, what has not been begun is dropped in favour of the close frame.
  void close(std::uint16_t code, std::string_view reason);
  void cut();
  // Cuts and lets go of the listener, which is not called any more.
  void abandon();
  // Once a second or so: heartbeat, ping, and the ends of patience.
  void sweep(TimePoint now);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace foyer::live
