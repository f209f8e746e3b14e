// What the fan-out touches of a socket, in one piece: a thousand sockets cost it a thousand cache lines. While `direct`
// names a socket, whole frames may go straight to the kernel and everything else of the viewer is left alone. Kept up
// to date by the FrameLayer, which owns it. I/O thread only.
#pragma once

#include <cstddef>
#include <string_view>

namespace foyer::live {

struct Outlet {
  int direct = -1;    // -1: something waits or the socket is not open; ask the viewer
  bool sent = false;  // something, since the owner last looked
};

// One non-blocking send. How many bytes the kernel took: 0 also when it failed, which the viewer's own way finds out.
std::size_t send_directly(Outlet& outlet, std::string_view bytes);

}  // namespace foyer::live
