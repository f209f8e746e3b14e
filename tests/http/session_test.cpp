// Whole connections over loopback: bytes in, bytes out. The host below answers in place of the forum.
#include "server/http/session.hpp"

#include <optional>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "server/http/listener.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

class EchoHost : public SessionHost {
 public:
  runtime::Task<Response> answer(Request request, LateAnswer& late) override {
    ++answered;
    late = [path = request.path](const Error& error) {
      return text_response(http_status(error.code), "late: " + path);
    };
    if (delay > 0ms) {
      asio::steady_timer timer(co_await asio::this_coro::executor);
      timer.expires_after(delay);
      co_await timer.async_wait(runtime::awaited);
    }
    co_return text_response(200, std::string(to_word(request.method)) + " " + request.target() + " " + request.body);
  }
  Response refusal(const Error& error, const std::string&) override {
    return text_response(http_status(error.code), std::string(code_word(error.code)));
  }
  void note_refusal(std::string_view why) override { refusals.emplace_back(why); }
  std::string next_request_id() override { return "id"; }
  std::string client_of(const Peer& peer, const Headers&) override { return peer.address; }
  bool draining() const override { return is_draining; }
  Result<forum::Proof> check_upgrade(const Request&) override { return forum::Proof{"cookie", ""}; }
  void hand_over(runtime::Upgrade upgrade) override { upgraded.emplace(std::move(upgrade)); }
  void ended(Session&) override { ++sessions_ended; }

  int answered = 0;
  std::chrono::milliseconds delay{0};
  int sessions_ended = 0;
  bool is_draining = false;
  std::vector<std::string> refusals;
  std::optional<runtime::Upgrade> upgraded;
};

class Connections : public ::testing::Test {
 protected:
  Connections() {
    listener_ = std::make_shared<Listener>(io_, "127.0.0.1", 0, PortUse::alone);
    Listener::Accepted serve = [this](Socket socket) {
      Peer peer{socket.remote_endpoint().address().to_string()};
      sessions_.push_back(std::make_shared<Session>(std::move(socket), std::move(peer), host_, nullptr, times_));
      runtime::spawn(io_.get_executor(), "session", Session::run(sessions_.back()));
    };
    runtime::spawn(io_.get_executor(), "accept", Listener::accept(listener_, std::move(serve)));
  }
  ~Connections() override {
    sessions_.clear();
    listener_->stop();
  }

  // Sends everything, then reads until the server closes or `until` bytes are there. Runs the server meanwhile.
  std::string exchange(const std::string& bytes, std::size_t until = SIZE_MAX) {
    std::string received;
    std::thread client([&] {
      asio::io_context own;
      tcp::socket socket(own);
      socket.connect({asio::ip::make_address("127.0.0.1"), listener_->port()});
      boost::system::error_code error;
      asio::write(socket, asio::buffer(bytes), error);
      asio::read(socket, asio::dynamic_buffer(received, until), asio::transfer_at_least(until), error);
      asio::post(io_, [this] { io_.stop(); });
      socket.close(error);
    });
    io_.restart();
    io_.run_for(20s);
    client.join();
    return received;
  }

  static std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
      ++found;
    }
    return found;
  }

  asio::io_context io_{1};
  std::shared_ptr<EchoHost> host_ = std::make_shared<EchoHost>();
  std::shared_ptr<Listener> listener_;
  std::vector<std::shared_ptr<Session>> sessions_;
  SessionTimes times_;
};

const std::string host_field = "Host: 127.0.0.1\r\n";

TEST_F(Connections, serve_pipelined_requests_in_order_and_close_when_asked) {
  const std::string answer = exchange("GET /one HTTP/1.1\r\n" + host_field + "\r\nPOST /two HTTP/1.1\r\n" + host_field +
                                      "Content-Length: 5\r\n\r\nhello\r\nPUT /three HTTP/1.1\r\n" + host_field +
                                      "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /four HTTP/1.1\r\n" +
                                      host_field + "Connection: close\r\n\r\n");
  EXPECT_EQ(count(answer, "HTTP/1.1 200 OK"), 4u);
  EXPECT_LT(answer.find("GET /one "), answer.find("POST /two hello"));
  EXPECT_LT(answer.find("POST /two hello"), answer.find("PUT /three abc"));
  EXPECT_LT(answer.find("PUT /three abc"), answer.find("GET /four "));
  EXPECT_EQ(count(answer, "Connection: keep-alive"), 3u);
  EXPECT_EQ(count(answer, "Connection: close"), 1u);
}

TEST_F(Connections, send_head_without_the_body) {
  const std::string answer = exchange("HEAD /one HTTP/1.1\r\n" + host_field + "Connection: close\r\n\r\n");
  EXPECT_NE(answer.find("Content-Length: 10\r\n"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(Connections, invite_a_body_that_waits_to_be_asked_for) {
  const std::string answer = exchange(
      "POST / HTTP/1.1\r\n" + host_field + "Content-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
      25);
  EXPECT_EQ(answer, "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_F(Connections, refuse_and_close_without_reading_what_follows_as_a_request) {
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\n" + host_field + "\r\n";
  for (const std::string& shape :
       {"POST / HTTP/1.1\r\n" + host_field + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
            smuggled,
        "POST / HTTP/1.1\r\n" + host_field + "Transfer-Encoding: cow\r\n\r\n" + smuggled,
        "POST / HTTP/1.1\r\n" + host_field + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n" + smuggled,
        "POST / HTTP/1.1\r\n" + host_field + "Transfer-Encoding: chunked\r\n\r\n0\r\nHost: x\r\n\r\n" + smuggled,
        "GET / HTTP/1.1\r\n" + host_field + "X: a\r\n b\r\n\r\n" + smuggled}) {
    const std::string answer = exchange(shape);
    EXPECT_EQ(count(answer, "HTTP/1.1 "), 1u) << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos) << answer;
  }
  EXPECT_EQ(host_->answered, 0);
}

TEST_F(Connections, refuse_lines_that_end_with_a_bare_line_feed_at_once) {
  const std::string answer = exchange("GET / HTTP/1.1\nHost: a\n\n");
  EXPECT_NE(answer.find("HTTP/1.1 400 "), std::string::npos);
}

TEST_F(Connections, bound_the_header_and_the_body) {
  const std::string long_header =
      exchange("GET / HTTP/1.1\r\n" + host_field + "X: " + std::string(20'000, 'x') + "\r\n\r\n");
  EXPECT_NE(long_header.find("HTTP/1.1 431 "), std::string::npos);
  const std::string long_body =
      exchange("POST / HTTP/1.1\r\n" + host_field + "Content-Length: 65537\r\n\r\n" + std::string(65'537, 'x'));
  EXPECT_NE(long_body.find("HTTP/1.1 413 "), std::string::npos);
  const std::string full_body =
      exchange("POST / HTTP/1.1\r\n" + host_field + "Connection: close\r\nContent-Length: 65536\r\n\r\n" +
               std::string(65'536, 'y'));
  EXPECT_NE(full_body.find(std::string(65'536, 'y')), std::string::npos);
}

TEST_F(Connections, close_after_the_answer_while_the_server_drains) {
  host_->is_draining = true;
  const std::string answer = exchange("GET /one HTTP/1.1\r\n" + host_field + "\r\n");
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST_F(Connections, that_are_idle_can_be_closed) {
  const std::string answer = exchange("GET /one HTTP/1.1\r\n" + host_field + "\r\n", 60);
  ASSERT_EQ(sessions_.size(), 1u);
  sessions_.front()->close_if_idle();
  io_.restart();
  io_.run_for(100ms);
  sessions_.clear();
  EXPECT_EQ(host_->sessions_ended, 1);
}

TEST_F(Connections, that_dawdle_over_a_header_are_cut) {
  times_.header = 50ms;
  EXPECT_EQ(exchange("GET / HTTP/1.1\r\nHost: a"), "");
  EXPECT_EQ(host_->refusals, std::vector<std::string>{"slow_request"});
}

TEST_F(Connections, that_say_nothing_are_cut) {
  times_.header = 50ms;
  EXPECT_EQ(exchange(""), "");
  EXPECT_TRUE(host_->refusals.empty());
}

TEST_F(Connections, that_dawdle_over_a_body_are_cut) {
  times_.body = 50ms;
  EXPECT_EQ(exchange("POST / HTTP/1.1\r\n" + host_field + "Content-Length: 9\r\n\r\nhalf"), "");
  EXPECT_EQ(host_->refusals, std::vector<std::string>{"slow_request"});
}

TEST_F(Connections, that_stay_idle_are_closed) {
  times_.idle = 50ms;
  const std::string answer = exchange("GET /one HTTP/1.1\r\n" + host_field + "\r\n");
  EXPECT_EQ(count(answer, "HTTP/1.1 200 OK"), 1u);
}

TEST_F(Connections, get_503_when_the_answer_takes_too_long_and_the_late_answer_goes_nowhere) {
  times_.handler = 50ms;
  host_->delay = 200ms;
  const std::string answer = exchange("GET /slow HTTP/1.1\r\n" + host_field + "\r\n");
  EXPECT_NE(answer.find("HTTP/1.1 503 "), std::string::npos) << answer;
  EXPECT_EQ(count(answer, "HTTP/1.1 "), 1u) << answer;
  EXPECT_TRUE(answer.ends_with("late: /slow")) << "the refusal that fits the request";
  io_.restart();
  io_.run_for(400ms);  // the handler ends after its answer was given up
  EXPECT_EQ(host_->answered, 1);
}

TEST_F(Connections, get_no_body_when_the_answer_to_HEAD_takes_too_long) {
  times_.handler = 50ms;
  host_->delay = 200ms;
  const std::string answer = exchange("HEAD /slow HTTP/1.1\r\n" + host_field + "\r\n");
  EXPECT_NE(answer.find("HTTP/1.1 503 "), std::string::npos) << answer;
  EXPECT_NE(answer.find("Content-Length: 11\r\n"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(Connections, that_got_a_late_answer_and_stay_are_closed_although_the_handler_has_ended) {
  times_.handler = 50ms;
  times_.linger = 300ms;
  host_->delay = 100ms;
  asio::io_context own;
  tcp::socket socket(own);
  socket.connect({asio::ip::make_address("127.0.0.1"), listener_->port()});
  asio::write(socket, asio::buffer("GET /slow HTTP/1.1\r\n" + host_field + "\r\n"));
  io_.run_for(1s);  // the client neither reads nor closes
  sessions_.clear();
  EXPECT_EQ(host_->sessions_ended, 1);
}

TEST_F(Connections, leave_with_their_socket_when_upgraded) {
  std::string received;
  std::thread client([&] {
    asio::io_context own;
    tcp::socket socket(own);
    socket.connect({asio::ip::make_address("127.0.0.1"), listener_->port()});
    const std::string upgrade = "GET /live HTTP/1.1\r\n" + host_field +
                                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n";
    boost::system::error_code error;
    asio::write(socket, asio::buffer(upgrade), error);
    asio::read(socket, asio::dynamic_buffer(received), asio::transfer_exactly(5), error);
  });
  while (!host_->upgraded) {
    io_.run_one_for(5s);
  }
  asio::write(host_->upgraded->socket, asio::buffer(std::string("hello")));
  client.join();
  EXPECT_EQ(received, "hello");
  EXPECT_EQ(host_->upgraded->session_token, "cookie");
  EXPECT_EQ(find_header(host_->upgraded->headers, "Sec-WebSocket-Key"), "x");
  host_->upgraded.reset();
}

TEST_F(Connections, do_not_take_frames_sent_before_the_handshake_is_answered) {
  const std::string answer =
      exchange("GET /live HTTP/1.1\r\n" + host_field + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x01x");
  EXPECT_NE(answer.find("HTTP/1.1 400 "), std::string::npos);
  EXPECT_FALSE(host_->upgraded);
}

TEST(Listeners, say_in_one_line_that_a_port_is_taken) {
  asio::io_context io;
  const Listener first(io, "127.0.0.1", 0, PortUse::alone);
  try {
    const Listener second(io, "127.0.0.1", first.port(), PortUse::alone);
    FAIL() << "two listeners on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()), "127.0.0.1:" + std::to_string(first.port()) + " is taken");
  }
  EXPECT_THROW(Listener(io, "nowhere", 0, PortUse::alone), std::runtime_error);
}

TEST(Listeners, share_a_port_when_both_ask_for_it) {
  asio::io_context io;
  const Listener first(io, "127.0.0.1", 0, PortUse::shared);
  const Listener second(io, "127.0.0.1", first.port(), PortUse::shared);
  EXPECT_EQ(first.port(), second.port());
}

}  // namespace
}  // namespace foyer::http
