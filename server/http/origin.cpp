#include "server/http/origin.hpp"

#include <charconv>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace foyer::http {
namespace {

constexpr std::string_view loopback_name = "localhost";
constexpr std::string_view loopback_address = "127.0.0.1";

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') {
      letter = static_cast<char>(letter - 'A' + 'a');
    }
  }
  return lower;
}

std::string_view comparable(const std::string& host) {
  return host == loopback_name ? loopback_address : std::string_view(host);
}

}  // namespace

std::optional<Origin> origin_from_string(std::string_view text) {
  const auto parsed = boost::urls::parse_uri(boost::urls::string_view(text.data(), text.size()));
  if (!parsed) {
    return std::nullopt;
  }
  const boost::urls::url_view& url = *parsed;
  Origin origin{lower_case(url.scheme()), lower_case(url.encoded_host()), 80};
  if ((origin.scheme != "http" && origin.scheme != "https") || origin.host.empty() || url.has_userinfo() ||
      url.has_query() || url.has_fragment() || (!url.encoded_path().empty() && url.encoded_path() != "/")) {
    return std::nullopt;
  }
  origin.port = origin.secure() ? 443 : 80;
  if (url.has_port()) {
    const std::string_view digits(url.port().data(), url.port().size());  // port_number() takes what does not fit
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), origin.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || origin.port == 0) {
      return std::nullopt;
    }
  }
  return origin;
}

bool same_origin(const Origin& a, const Origin& b) {
  return a.scheme == b.scheme && a.port == b.port && comparable(a.host) == comparable(b.host);
}

std::string live_addresses(const Origin& origin) {
  const bool usual_port = origin.port == (origin.secure() ? 443 : 80);
  const std::string port = usual_port ? std::string() : ":" + std::to_string(origin.port);
  const auto address = [&](std::string_view host) {
    return std::string(origin.secure() ? "wss://" : "ws://") + std::string(host) + port;
  };
  if (comparable(origin.host) != loopback_address) {
    return address(origin.host);
  }
  return address(loopback_name) + " " + address(loopback_address);
}

}  // namespace foyer::http
