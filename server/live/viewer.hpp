// Who receives frames: a socket's session, or a fake in tests. None of these calls may call back into the hub or
// end a subscription before it has returned; `on_refused` is the exception, the hub has let go of it already.
#pragma once

#include <cstddef>
#include <cstdint>

#include "protocol/channel.hpp"
#include "protocol/errors.hpp"
#include "server/live/frame.hpp"
#include "server/live/outlet.hpp"

namespace foyer::live {

class Viewer {
 public:
  virtual void send(const Frames& frames) = 0;
  // The way past send(), and what to do with the rest when the kernel took only so many bytes there. Valid as long as
  // the viewer.
  virtual Outlet& outlet() = 0;
  virtual void send_rest(const Frames& frames, std::size_t sent) = 0;
  // Bytes given to send() that the kernel has not taken yet.
  virtual std::size_t waiting_bytes() const = 0;
  // The subscription asked for with this frame id came to nothing.
  virtual void on_refused(Channel channel, std::int64_t frame_id, const Error& error) = 0;

 protected:
  ~Viewer() = default;
};

}  // namespace foyer::live
