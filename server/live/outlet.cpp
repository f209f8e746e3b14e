#include "server/live/outlet.hpp"

#include <sys/socket.h>

namespace foyer::live {

std::size_t send_directly(Outlet& outlet, std::string_view bytes) {
  if (outlet.direct < 0) {
    return 0;
  }
  const ssize_t taken = ::send(outlet.direct, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (taken <= 0) {
    return 0;
  }
  outlet.sent = true;
  return static_cast<std::size_t>(taken);
}

}  // namespace foyer::live
