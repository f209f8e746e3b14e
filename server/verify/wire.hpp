// The connections of `foyer verify` to the nodes of an installation: requests over HTTP and sockets of the live
// channel, plain or over TLS with the certificate checked. The only place that knows Beast. What goes wrong on the way
// is a value, never an exception. Everything runs on the executor's one thread; a link must outlive its operations.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/result.hpp"
#include "server/runtime/task.hpp"

namespace foyer::verify {

using runtime::Task;

struct NodeAddress {
  std::string text;  // as given
  bool tls = false;
  std::string host;
  std::string port;
  std::string host_field;  // for the Host header
};
// "http://host[:port]" or "https://host[:port]", nothing behind it but a slash.
Result<NodeAddress> node_from_text(std::string_view text);

struct Question {
  std::string method;
  std::string target;
  std::string body;  // JSON, "" for none
  std::string key;   // Idempotency-Key, "" for none
};

struct Answer {
  int status = 0;  // 0: there was no answer, and `failure` says why
  std::string body;
  std::optional<int> retry_after_seconds;
  std::string failure;
  std::chrono::steady_clock::time_point sent = {};  // by Run::ask: the first try that no rate limit put off
};

class HttpLink {  // keeps its connection; one request at a time
 public:
  virtual ~HttpLink() = default;
  virtual Task<Answer> ask(const Question& question) = 0;
};

class LiveLink {  // one socket, opened once
 public:
  virtual ~LiveLink() = default;
  // Connects and upgrades; "" or what went wrong.
  virtual Task<std::string> open() = 0;
  // The next message, empty when the connection has ended.
  virtual Task<std::optional<std::string>> receive() = 0;
  // False when the connection has ended.
  virtual Task<bool> send(const std::string& text) = 0;
  // Ends the connection without a word, as a phone does in a tunnel; a pending receive() returns empty.
  virtual void cut() = 0;
};

class Network {
 public:
  // `token` goes with every request, and with those sockets that are asked for with it.
  Network(runtime::Executor executor, std::string token);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  enum class As { guest, member };
  std::unique_ptr<HttpLink> http(const NodeAddress& node);
  std::shared_ptr<LiveLink> live(const NodeAddress& node, As who);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace foyer::verify
