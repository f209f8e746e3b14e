// Whose address a request counts for: the peer's, or behind a trusted proxy the rightmost forwarded address
// that is not itself a trusted proxy. What stands further left in X-Forwarded-For anybody can write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/address.hpp>

#include "server/http/message.hpp"

namespace foyer::http {

// The other end of a connection.
struct Peer {
  std::string address;
  bool forwards = false;  // a trusted proxy
};

class TrustedProxies {
 public:
  // Addresses ("10.0.0.1") or networks ("10.0.0.0/8", "fd00::/8"). Throws std::runtime_error naming a wrong one.
  explicit TrustedProxies(const std::vector<std::string>& entries);

  Peer peer(const boost::asio::ip::address& address) const;
  std::string client_of(const Peer& peer, const Headers& headers) const;

 private:
  bool contains(const boost::asio::ip::address& address) const;

  struct Network {
    std::vector<unsigned char> prefix;  // 4 or 16 bytes
    unsigned bits = 0;
  };
  std::vector<Network> networks_;
};

// What is limited by address: an IPv6 customer has a whole /64.
std::string limited_address(std::string_view address);

}  // namespace foyer::http
