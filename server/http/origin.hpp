// Where a page came from: scheme, host and port, as browsers send it in Origin. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::http {

struct Origin {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case
  std::uint16_t port = 80;

  bool secure() const { return scheme == "https"; }
  friend bool operator==(const Origin&, const Origin&) = default;
};

// Reads "https://foyer.example[:port]", also with one slash at the end; empty for anything else, also "null".
std::optional<Origin> origin_from_string(std::string_view text);

// On loopback `localhost` and `127.0.0.1` count as one host.
bool same_origin(const Origin& a, const Origin& b);

// What a page of that origin may connect to: its own live channel, for Content-Security-Policy.
std::string live_addresses(const Origin& origin);

}  // namespace foyer::http
