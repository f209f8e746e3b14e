// A checked WebSocket upgrade on its way from the HTTP edge to the live edge, which do not know each other.
// The HTTP edge has already refused foreign origins; the live edge answers the handshake.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

namespace foyer::runtime {

struct Upgrade {
  boost::asio::ip::tcp::socket socket;
  std::vector<std::pair<std::string, std::string>> headers;  // of the request, as sent
  std::string session_token;   // from the cookie; "" when absent or when there is no Origin (counts as a guest)
  std::string bearer_token;    // from Authorization or ""
  std::string client_network;  // what is limited by address; behind a trusted proxy of the forwarded one
  std::shared_ptr<void> seat;  // counts the connection of its address for as long as it is kept
};

}  // namespace foyer::runtime
