#include "tests/support/http_client.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cstdlib>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace foyer::testing {
namespace {

constexpr std::string_view line_end = "\r\n";

std::atomic<AnswerObserver> answer_observer = nullptr;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

HttpAnswer parse_head(const std::string& head) {
  HttpAnswer answer;
  answer.status = std::atoi(head.substr(head.find(' ') + 1, 3).c_str());
  std::size_t at = head.find(line_end) + line_end.size();
  while (at < head.size()) {
    const std::size_t end = head.find(line_end, at);
    const std::string line = head.substr(at, end - at);
    at = end + line_end.size();
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos) {
      const std::size_t value = line.find_first_not_of(' ', colon + 1);
      answer.headers.emplace(lower(line.substr(0, colon)), value == std::string::npos ? "" : line.substr(value));
    }
  }
  return answer;
}

HttpAnswer receive_answer(TcpStream& stream, bool head, std::chrono::milliseconds patience) {
  HttpAnswer answer = parse_head(stream.receive_until("\r\n\r\n", patience));
  if (!head && answer.status != 304 && answer.status != 204) {
    const std::string length = answer.header("content-length");
    answer.body = stream.receive_exactly(static_cast<std::size_t>(std::atoll(length.c_str())), patience);
  }
  return answer;
}

}  // namespace

void observe_answers(AnswerObserver observer) { answer_observer = observer; }

std::string HttpAnswer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

boost::json::value HttpAnswer::json() const { return boost::json::parse(body); }

HttpAnswer HttpClient::get(const std::string& target, const Headers& headers) {
  return request("GET", target, headers, "");
}

HttpAnswer HttpClient::send_json(const std::string& method, const std::string& target, std::string_view json,
                                 const Headers& headers) {
  Headers all = headers;
  all.emplace_back("Content-Type", "application/json");
  return request(method, target, all, json);
}

HttpAnswer HttpClient::post_form(const std::string& target, const Form& form, const Headers& headers) {
  std::string body;
  for (const auto& [name, value] : form) {
    body += (body.empty() ? "" : "&") + url_encode(name) + "=" + url_encode(value);
  }
  Headers all = headers;
  all.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  return request("POST", target, all, body);
}

HttpAnswer HttpClient::request(const std::string& method, const std::string& target, const Headers& headers,
                               std::string_view body) {
  const std::string host = "127.0.0.1:" + std::to_string(port_);
  std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
  const bool has_origin =
      std::any_of(headers.begin(), headers.end(), [](const auto& header) { return lower(header.first) == "origin"; });
  if (method != "GET" && method != "HEAD" && !has_origin) {
    bytes += "Origin: http://" + host + "\r\n";
  }
  if (!cookie_.empty()) {
    bytes += "Cookie: " + cookie_ + "\r\n";
  }
  for (const auto& [name, value] : headers) {
    bytes += name + ": " + value + "\r\n";
  }
  if (!body.empty() || (method != "GET" && method != "HEAD")) {
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  bytes += line_end;
  bytes += body;
  HttpAnswer answer = exchange(bytes, method == "HEAD");
  if (const AnswerObserver observer = answer_observer) {
    observer(method, target, answer);
  }
  return answer;
}

HttpAnswer HttpClient::exchange(const std::string& bytes, bool head) {
  const bool fresh = !stream_;
  if (fresh) {
    stream_.emplace(port_);
  }
  try {
    stream_->send(bytes);
    HttpAnswer answer = receive_answer(*stream_, head, patience);
    const std::string set = answer.header("set-cookie");
    if (set.starts_with("foyer_session=")) {
      cookie_ = set.substr(0, set.find(';'));
    }
    if (lower(answer.header("connection")) == "close") {
      stream_.reset();
    }
    return answer;
  } catch (const ConnectionClosed&) {
    stream_.reset();
    if (fresh) {
      throw;
    }
    return exchange(bytes, head);  // a kept connection may have been closed meanwhile
  } catch (...) {
    stream_.reset();
    throw;
  }
}

std::optional<HttpAnswer> HttpClient::raw(std::uint16_t port, std::string_view bytes) {
  TcpStream stream{port};
  try {
    stream.send(bytes);
    return receive_answer(stream, false, std::chrono::seconds{20});
  } catch (const ConnectionClosed&) {
    return std::nullopt;
  }
}

void HttpClient::register_member(const std::string& name) {
  const boost::json::value request{{"name", name}, {"email", name + "@example.org"}, {"password", test_password}};
  const HttpAnswer answer = send_json("POST", "/api/v1/users", boost::json::serialize(request));
  if (answer.status != 201) {
    throw std::runtime_error("registering " + name + ": " + std::to_string(answer.status) + " " + answer.body);
  }
}

void HttpClient::log_in(const std::string& name) {
  const boost::json::value request{{"login", name}, {"password", test_password}};
  const HttpAnswer answer = send_json("POST", "/api/v1/session", boost::json::serialize(request));
  if (answer.status != 200) {
    throw std::runtime_error("logging in " + name + ": " + std::to_string(answer.status) + " " + answer.body);
  }
}

void HttpClient::use_port(std::uint16_t port) {
  port_ = port;
  stream_.reset();
}

std::string url_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.') {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace foyer::testing
