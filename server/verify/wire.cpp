#include "server/verify/wire.hpp"

#include <chrono>
#include <type_traits>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "protocol/limits.hpp"

namespace foyer::verify {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using runtime::no_throw;
using Failure = boost::system::error_code;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

// A kept connection that lay idle longer is not trusted: the server may be closing it just now.
constexpr auto idle_trusted = std::chrono::seconds(20);

template <class Stream>
constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

struct Surroundings {
  runtime::Executor executor;
  asio::ssl::context* tls;
  std::string authorization;
};

template <class Stream>
std::unique_ptr<Stream> make_stream(const Surroundings& around) {
  if constexpr (is_tls<Stream>) {
    return std::make_unique<TlsStream>(around.executor, *around.tls);
  } else {
    return std::make_unique<PlainStream>(around.executor);
  }
}

template <class Stream>
Task<Failure> connect(Stream& stream, NodeAddress node) {
  Failure failure;
  asio::ip::tcp::resolver resolver(stream.get_executor());
  const auto found = co_await resolver.async_resolve(node.host, node.port, no_throw(failure));
  if (failure) {
    co_return failure;
  }
  beast::get_lowest_layer(stream).expires_after(limits::verify_request_time);
  co_await beast::get_lowest_layer(stream).async_connect(found, no_throw(failure));
  if (failure) {
    co_return failure;
  }
  Failure ignored;
  beast::get_lowest_layer(stream).socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  if constexpr (is_tls<Stream>) {
    SSL_set_tlsext_host_name(stream.native_handle(), node.host.c_str());
    stream.set_verify_callback(asio::ssl::host_name_verification(node.host));
    co_await stream.async_handshake(asio::ssl::stream_base::client, no_throw(failure));
  }
  co_return failure;
}

template <class Stream>
class HttpLinkOver final : public HttpLink {
 public:
  HttpLinkOver(Surroundings around, NodeAddress node) : around_(std::move(around)), node_(std::move(node)) {}

  Task<Answer> ask(const Question& question) override {
    Answer answer;
    http::request<http::string_body> request = written(question);
    if (!stream_ || std::chrono::steady_clock::now() - used_ > idle_trusted) {
      buffer_.clear();
      stream_ = make_stream<Stream>(around_);
      const Failure refused = co_await connect(*stream_, node_);
      if (refused) {
        co_return unanswered(refused);
      }
    }
    Failure failure;
    beast::get_lowest_layer(*stream_).expires_after(limits::verify_request_time);
    co_await http::async_write(*stream_, request, no_throw(failure));
    if (failure) {
      co_return unanswered(failure);
    }
    http::response_parser<http::string_body> parser;
    parser.body_limit(limits::verify_answer_bytes);
    co_await http::async_read(*stream_, buffer_, parser, no_throw(failure));
    if (failure) {
      co_return unanswered(failure);
    }
    used_ = std::chrono::steady_clock::now();
    const bool kept = parser.keep_alive();
    answer.status = parser.get().result_int();
    answer.retry_after_seconds = seconds(parser.get()[http::field::retry_after]);
    answer.body = std::move(parser.get().body());
    if (!kept) {
      stream_.reset();
    }
    co_return answer;
  }

 private:
  http::request<http::string_body> written(const Question& question) const {
    http::request<http::string_body> request{http::string_to_verb(question.method), question.target, 11};
    request.set(http::field::host, node_.host_field);
    request.set(http::field::user_agent, "foyer verify");
    request.set(http::field::authorization, around_.authorization);
    if (!question.key.empty()) {
      request.set("Idempotency-Key", question.key);
    }
    if (!question.body.empty()) {
      request.set(http::field::content_type, "application/json");
      request.body() = question.body;
    }
    request.prepare_payload();
    return request;
  }

  Answer unanswered(const Failure& failure) {
    stream_.reset();
    Answer answer;
    answer.failure = failure.message();
    return answer;
  }

  static std::optional<int> seconds(beast::string_view text) {
    int value = 0;
    for (const char digit : text.substr(0, 6)) {
      if (digit < '0' || digit > '9') {
        return std::nullopt;
      }
      value = value * 10 + (digit - '0');
    }
    return text.empty() ? std::nullopt : std::optional(value);
  }

  Surroundings around_;
  NodeAddress node_;
  std::unique_ptr<Stream> stream_;
  beast::flat_buffer buffer_;
  std::chrono::steady_clock::time_point used_;
};

template <class Stream>
class LiveLinkOver final : public LiveLink {
 public:
  LiveLinkOver(const Surroundings& around, NodeAddress node, std::string authorization)
      : node_(std::move(node)),
        authorization_(std::move(authorization)),
        stream_(std::move(*make_stream<Stream>(around))),
        buffer_(limits::verify_message_bytes) {}

  Task<std::string> open() override {
    const Failure refused = co_await connect(stream_.next_layer(), node_);
    if (refused) {
      co_return refused.message();
    }
    beast::get_lowest_layer(stream_).expires_never();
    websocket::stream_base::timeout times{};
    times.handshake_timeout = limits::verify_request_time;
    times.idle_timeout = limits::live_peer_silence;
    times.keep_alive_pings = true;
    stream_.set_option(times);
    stream_.read_message_max(limits::verify_message_bytes);
    stream_.set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
      request.set(http::field::sec_websocket_protocol, "foyer.v1");
      request.set(http::field::user_agent, "foyer verify");
      if (!authorization_.empty()) {
        request.set(http::field::authorization, authorization_);
      }
    }));
    Failure failure;
    websocket::response_type answer;
    co_await stream_.async_handshake(answer, node_.host_field, "/live", no_throw(failure));
    if (failure == websocket::error::upgrade_declined) {
      co_return "the upgrade was answered with " + std::to_string(answer.result_int());
    }
    co_return failure ? failure.message() : std::string();
  }

  Task<std::optional<std::string>> receive() override {
    Failure failure;
    buffer_.clear();
    co_await stream_.async_read(buffer_, no_throw(failure));
    std::optional<std::string> message;
    if (!failure) {
      message = beast::buffers_to_string(buffer_.cdata());
    }
    co_return message;
  }

  Task<bool> send(const std::string& text) override {
    Failure failure;
    co_await stream_.async_write(asio::buffer(text), no_throw(failure));
    co_return !failure;
  }

  void cut() override {
    Failure ignored;
    beast::get_lowest_layer(stream_).socket().close(ignored);
  }

 private:
  NodeAddress node_;
  std::string authorization_;
  websocket::stream<Stream> stream_;
  beast::flat_buffer buffer_;
};

}  // namespace

Result<NodeAddress> node_from_text(std::string_view text) {
  const auto url = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
  const auto wrong = [&] {
    return refused(ErrorCode::invalid, "--node " + std::string(text) + " is no address like https://forum.example");
  };
  if (!url || (url->scheme() != "http" && url->scheme() != "https") || url->host_address().empty() ||
      url->has_userinfo() || url->has_query() || url->has_fragment() ||
      (!url->encoded_path().empty() && url->encoded_path() != "/")) {
    return wrong();
  }
  NodeAddress node;
  node.text = std::string(text);
  node.tls = url->scheme() == "https";
  node.host = url->host_address();
  node.port = url->has_port() ? std::string(url->port()) : node.tls ? "443" : "80";
  node.host_field = std::string(url->encoded_host_and_port());
  return node;
}

struct Network::State {
  explicit State(runtime::Executor on) : executor(std::move(on)) {}

  runtime::Executor executor;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  std::string authorization;

  Surroundings around() { return {executor, &tls, authorization}; }
};

Network::Network(runtime::Executor executor, std::string token) : state_(std::make_unique<State>(std::move(executor))) {
  state_->authorization = "Bearer " + token;
  state_->tls.set_default_verify_paths();
  state_->tls.set_verify_mode(asio::ssl::verify_peer);
}

Network::~Network() = default;

std::unique_ptr<HttpLink> Network::http(const NodeAddress& node) {
  if (node.tls) {
    return std::make_unique<HttpLinkOver<TlsStream>>(state_->around(), node);
  }
  return std::make_unique<HttpLinkOver<PlainStream>>(state_->around(), node);
}

std::shared_ptr<LiveLink> Network::live(const NodeAddress& node, As who) {
  const std::string authorization = who == As::member ? state_->authorization : "";
  if (node.tls) {
    return std::make_shared<LiveLinkOver<TlsStream>>(state_->around(), node, authorization);
  }
  return std::make_shared<LiveLinkOver<PlainStream>>(state_->around(), node, authorization);
}

}  // namespace foyer::verify
