#include "server/http/request_head.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/optional/optional.hpp>

#include "protocol/limits.hpp"

namespace foyer::http {

namespace beast_http = boost::beast::http;

Result<RequestHead> parse_head(std::string_view raw) {
  beast_http::request_parser<beast_http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(limits::http_header_bytes));
  parser.body_limit(boost::none);  // the session reads bodies and bounds them
  boost::system::error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(raw.data(), raw.size()), error);
  if (error || !parser.is_header_done() || used != raw.size()) {
    return refused(ErrorCode::bad_request, "The header of the request is malformed.");
  }
  const auto& message = parser.get();
  RequestHead head{message.method_string(), message.target(), static_cast<int>(message.version()), {}};
  for (const auto& field : message) {
    head.headers.emplace_back(field.name_string(), field.value());
  }
  return head;
}

}  // namespace foyer::http
