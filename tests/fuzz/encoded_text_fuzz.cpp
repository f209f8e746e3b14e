// What addresses, forms, cookies and forwarded addresses carry: decoded text is text, and survives the way back.
#include <algorithm>

#include "server/http/client_address.hpp"
#include "server/http/cookies.hpp"
#include "server/http/encoded_pairs.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::http {
namespace {

using fuzz::require;

void is_text(std::string_view text) {
  require(valid_utf8(text) && text.find('\0') == std::string_view::npos, "decoded text is UTF-8 without NUL");
}

void check_pairs(std::string_view bytes) {
  const auto pairs = decode_pairs(bytes);
  if (!pairs) {
    return;
  }
  std::string again;
  for (const auto& [name, value] : *pairs) {
    is_text(name);
    is_text(value);
    again += encode_component(name) + "=" + encode_component(value) + "&";
  }
  const auto decoded = decode_pairs(again);
  require(decoded && *decoded == *pairs, "pairs survive the round trip");
}

void check_cookie(std::string_view bytes) {
  const std::string_view name = session_cookie_name(Transport::plain);
  const std::string token = cookie_value({{"Cookie", std::string(bytes)}}, name);
  require(token.size() <= 128, "a token is bounded");
  require(std::ranges::all_of(token,
                              [](unsigned char letter) {
                                return letter < 128 && (std::isalnum(letter) != 0 || letter == '-' || letter == '_');
                              }),
          "a token has only the letters of tokens");
  const std::string set = session_cookie(Transport::plain, token);
  require(cookie_value({{"Cookie", "a=b; " + set}}, name) == token, "a token survives the round trip");
}

FOYER_FUZZ_TARGET(encoded_text) {
  check_pairs(bytes);
  check_cookie(bytes);
  if (const auto segment = decode_segment(bytes)) {
    is_text(*segment);
    require(decode_segment(encode_component(*segment)) == segment, "a segment survives the round trip");
  }
  const auto component = decode_segment(encode_component(bytes));
  require(component.has_value() == (valid_utf8(bytes) && bytes.find('\0') == std::string_view::npos), "text is text");

  static const TrustedProxies proxies({"10.0.0.0/8", "fd00::/8"});
  const Peer peer = proxies.peer(boost::asio::ip::make_address("10.0.0.1"));
  const std::string client = proxies.client_of(peer, {{"X-Forwarded-For", std::string(bytes)}});
  boost::system::error_code error;
  boost::asio::ip::make_address(client, error);
  require(!error, "a client's address is an address");
  (void)limited_address(bytes);
}

}  // namespace
}  // namespace foyer::http
