#include "server/http/client_address.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "server/http/address_seats.hpp"

namespace foyer::http {
namespace {

std::string client(const TrustedProxies& proxies, const char* peer, const Headers& headers) {
  return proxies.client_of(proxies.peer(boost::asio::ip::make_address(peer)), headers);
}

TEST(ClientAddress, is_the_peer_unless_a_trusted_proxy_forwards) {
  const TrustedProxies none({});
  EXPECT_EQ(client(none, "198.51.100.7", {{"X-Forwarded-For", "203.0.113.9"}}), "198.51.100.7");
  EXPECT_EQ(client(none, "::ffff:198.51.100.7", {}), "198.51.100.7");
  const TrustedProxies proxy({"10.0.0.1"});
  EXPECT_EQ(client(proxy, "10.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(client(proxy, "10.0.0.1", {}), "10.0.0.1");
}

TEST(ClientAddress, is_the_rightmost_hop_that_is_no_proxy_of_ours) {
  const TrustedProxies proxies({"10.0.0.0/8", "fd00::/8"});
  EXPECT_EQ(client(proxies, "10.1.2.3", {{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.9.9.9"}}), "203.0.113.9");
  EXPECT_EQ(client(proxies, "fd00::5", {{"X-Forwarded-For", "1.1.1.1"}, {"x-forwarded-for", "2001:db8::1"}}),
            "2001:db8::1");
  EXPECT_EQ(client(proxies, "10.1.2.3", {{"X-Forwarded-For", "10.4.4.4, 10.5.5.5"}}), "10.4.4.4");
}

TEST(ClientAddress, ignores_what_cannot_be_read) {
  const TrustedProxies proxies({"10.0.0.0/8"});
  EXPECT_EQ(client(proxies, "10.1.2.3", {{"X-Forwarded-For", "203.0.113.9, nonsense"}}), "10.1.2.3");
  EXPECT_EQ(client(proxies, "10.1.2.3", {{"X-Forwarded-For", ", ,"}}), "10.1.2.3");
}

TEST(TrustedProxies, name_the_entry_that_is_wrong) {
  for (const char* entry : {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "fd00::/129", ""}) {
    EXPECT_THROW(TrustedProxies({entry}), std::runtime_error) << entry;
  }
}

TEST(LimitedAddress, is_a_whole_network_for_ipv6) {
  EXPECT_EQ(limited_address("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(limited_address("2001:db8:1:2:3:4:5:6"), limited_address("2001:db8:1:2::1"));
  EXPECT_NE(limited_address("2001:db8:1:2::1"), limited_address("2001:db8:1:3::1"));
}

TEST(AddressSeats, are_bounded_and_given_back) {
  const auto seats = std::make_shared<AddressSeats>(2);
  auto first = seats->take("a");
  auto second = seats->take("a");
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(seats->take("a"));
  EXPECT_TRUE(seats->take("b"));
  first.reset();
  EXPECT_TRUE(seats->take("a"));
  second.reset();
  EXPECT_EQ(seats->addresses(), 0u);
}

}  // namespace
}  // namespace foyer::http
