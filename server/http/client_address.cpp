#include "server/http/client_address.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace foyer::http {
namespace {

using boost::asio::ip::address;

address plain(const address& mapped) {  // ::ffff:192.0.2.1 is 192.0.2.1
  if (mapped.is_v6() && mapped.to_v6().is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, mapped.to_v6());
  }
  return mapped;
}

std::vector<unsigned char> bytes_of_address(const address& any) {
  if (any.is_v4()) {
    const auto bytes = any.to_v4().to_bytes();
    return {bytes.begin(), bytes.end()};
  }
  const auto bytes = any.to_v6().to_bytes();
  return {bytes.begin(), bytes.end()};
}

bool same_prefix(const std::vector<unsigned char>& a, const std::vector<unsigned char>& b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (a.size() != b.size() || !std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) {
    return false;
  }
  const unsigned rest = bits % 8;
  return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& entries) {
  for (const std::string& entry : entries) {
    const std::size_t slash = entry.find('/');
    boost::system::error_code failed;
    const address network = plain(boost::asio::ip::make_address(entry.substr(0, slash), failed));
    Network parsed;
    if (!failed) {
      parsed.prefix = bytes_of_address(network);
      parsed.bits = static_cast<unsigned>(parsed.prefix.size() * 8);
    }
    if (!failed && slash != std::string::npos) {
      const unsigned most = parsed.bits;
      const auto [end, wrong] = std::from_chars(entry.data() + slash + 1, entry.data() + entry.size(), parsed.bits);
      if (wrong != std::errc() || end != entry.data() + entry.size() || parsed.bits > most) {
        failed = boost::asio::error::invalid_argument;
      }
    }
    if (failed) {
      throw std::runtime_error("trusted proxy '" + entry + "' is neither an address nor a network");
    }
    networks_.push_back(std::move(parsed));
  }
}

bool TrustedProxies::contains(const address& any) const {
  const auto bytes = bytes_of_address(plain(any));
  return std::ranges::any_of(networks_,
                             [&](const Network& network) { return same_prefix(network.prefix, bytes, network.bits); });
}

Peer TrustedProxies::peer(const address& any) const { return {plain(any).to_string(), contains(any)}; }

std::string TrustedProxies::client_of(const Peer& peer, const Headers& headers) const {
  if (!peer.forwards) {
    return peer.address;
  }
  std::string client = peer.address;
  std::vector<std::string_view> hops;
  for (const Header& field : headers) {
    if (!equal_ignoring_case(field.first, "X-Forwarded-For")) {
      continue;
    }
    std::string_view rest = field.second;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      hops.push_back(trimmed(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    boost::system::error_code failed;
    const address forwarded = plain(boost::asio::ip::make_address(std::string(*hop), failed));
    if (failed) {
      break;  // the last hop that could be read answers for it
    }
    client = forwarded.to_string();
    if (!contains(forwarded)) {
      break;
    }
  }
  return client;
}

std::string limited_address(std::string_view text) {
  boost::system::error_code failed;
  const address any = boost::asio::ip::make_address(std::string(text), failed);
  if (failed || any.is_v4()) {
    return std::string(text);
  }
  return boost::asio::ip::network_v6(any.to_v6(), 64).canonical().to_string();
}

}  // namespace foyer::http
