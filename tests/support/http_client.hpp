// A browser-like blocking HTTP client for tests: keeps its connection and its session cookie, sends JSON or
// forms, follows nothing by itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/value.hpp>

#include "tests/support/tcp_stream.hpp"

namespace foyer::testing {

struct HttpAnswer {
  int status = 0;
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;

  std::string header(const std::string& name) const;  // "" when absent
  boost::json::value json() const;                    // throws when the body is none
};

using Headers = std::vector<std::pair<std::string, std::string>>;
using Form = std::vector<std::pair<std::string, std::string>>;

// Hears every answer that any client got to a request of its own making, on the thread of the client.
using AnswerObserver = void (*)(const std::string& method, const std::string& target, const HttpAnswer& answer);
void observe_answers(AnswerObserver observer);

class HttpClient {
 public:
  std::chrono::milliseconds patience{20'000};

  explicit HttpClient(std::uint16_t port) : port_(port) {}
  // A copy is the same browser with a connection of its own.
  HttpClient(const HttpClient& other) : patience(other.patience), port_(other.port_), cookie_(other.cookie_) {}
  HttpClient(HttpClient&&) = default;
  HttpClient& operator=(HttpClient&&) = default;

  HttpAnswer get(const std::string& target, const Headers& headers = {});
  HttpAnswer send_json(const std::string& method, const std::string& target, std::string_view json,
                       const Headers& headers = {});
  HttpAnswer post_form(const std::string& target, const Form& form, const Headers& headers = {});
  // As given; `body` gets its Content-Length.
  HttpAnswer request(const std::string& method, const std::string& target, const Headers& headers,
                     std::string_view body);
  // Raw bytes on a connection of their own; empty when the server closed without an answer.
  static std::optional<HttpAnswer> raw(std::uint16_t port, std::string_view bytes);

  // Registers and stays logged in.
  void register_member(const std::string& name);
  void log_in(const std::string& name);
  const std::string& cookie() const { return cookie_; }
  void forget_cookie() { cookie_.clear(); }
  void use_port(std::uint16_t port);

 private:
  HttpAnswer exchange(const std::string& bytes, bool head);

  std::uint16_t port_;
  std::optional<TcpStream> stream_;
  std::string cookie_;  // "foyer_session=…"
};

// The password that register_member and log_in use.
inline constexpr std::string_view test_password = "correct horse battery";

std::string url_encode(std::string_view text);

}  // namespace foyer::testing
