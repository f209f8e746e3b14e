// One connection: reads requests under deadlines and caps, admits them, lets the host answer, keeps the
// connection alive or closes it so that the answer still arrives. A WebSocket upgrade leaves with the socket.
// I/O thread only; lives in the coroutine that runs it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "protocol/limits.hpp"
#include "server/forum/accounts.hpp"
#include "server/http/admission.hpp"
#include "server/http/client_address.hpp"
#include "server/http/message.hpp"
#include "server/http/response_head.hpp"
#include "server/runtime/task.hpp"
#include "server/runtime/upgrade.hpp"

namespace foyer::http {

using runtime::Executor;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

class Session;

// What a client gets whose answer takes too long: made from the request when its time is up, by then the handler has
// it.
using LateAnswer = std::function<Response(const Error& error)>;

// How long a connection may take for what; tests shorten it.
struct SessionTimes {
  std::chrono::milliseconds header = limits::http_header_time;
  std::chrono::milliseconds body = limits::http_body_time;
  std::chrono::milliseconds handler = limits::http_handler_time;
  std::chrono::milliseconds write = limits::http_write_time;
  std::chrono::milliseconds idle = limits::http_idle_time;
  std::chrono::milliseconds linger = limits::http_linger_time;
};

// Whom a session works for.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  // `late` is filled in before the first wait and may be called until the task has ended.
  virtual runtime::Task<Response> answer(Request request, LateAnswer& late) = 0;
  // For requests that no handler sees.
  virtual Response refusal(const Error& error, const std::string& request_id) = 0;
  virtual void note_refusal(std::string_view why) = 0;  // a literal
  virtual std::string next_request_id() = 0;
  virtual std::string client_of(const Peer& peer, const Headers& headers) = 0;
  virtual bool draining() const = 0;
  // Whether this request may become a live socket, and whose.
  virtual Result<forum::Proof> check_upgrade(const Request& request) = 0;
  virtual void hand_over(runtime::Upgrade upgrade) = 0;
  virtual void ended(Session& session) = 0;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  // The seat counts the connection of its address; it goes with the socket when that is upgraded.
  Session(Socket socket, Peer peer, std::shared_ptr<SessionHost> host, std::shared_ptr<void> seat,
          SessionTimes times = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  static runtime::Task<> run(std::shared_ptr<Session> self);

  void close_if_idle();
  void cut();

 private:
  enum class Phase { idle, reading, handling, writing, ended };
  enum class After { keep, close };

  std::string_view received() const;
  void forget_buffer();
  runtime::Task<bool> read_some(std::size_t most);
  runtime::Task<Result<Admitted>> read_head();
  runtime::Task<Result<std::string>> read_body(const Admitted& admitted);
  runtime::Task<Result<std::string>> read_chunks();
  runtime::Task<After> serve_one();
  runtime::Task<After> serve(Request request, KeepAlive keep_alive);
  runtime::Task<After> refuse(const Error& error);
  runtime::Task<After> upgrade(Request request);
  runtime::Task<bool> write(const Response& response, Method method, KeepAlive keep_alive);
  runtime::Task<> invite_body(const Admitted& admitted);
  runtime::Task<> linger();
  static runtime::Task<> answer_late(std::shared_ptr<Session> self, Response response);

  // From now on the session is in that phase, for so long at most.
  void enter(Phase phase, std::chrono::steady_clock::duration patience);
  void watch();
  void deadline_passed();

  Socket socket_;
  Timer timer_;
  const SessionTimes times_;
  std::chrono::steady_clock::time_point deadline_;
  bool watching_ = false;
  Phase phase_ = Phase::idle;
  const Peer peer_;
  std::shared_ptr<SessionHost> host_;
  std::shared_ptr<void> seat_;
  boost::beast::flat_buffer received_;  // not yet taken
  std::string request_id_;              // of the request being served
  Method method_ = Method::get;         // of the request being served
  LateAnswer late_answer_;
  bool answered_late_ = false;  // the handler took too long and the client has its 503
  bool silent_ = false;         // the peer is gone or slow: close without an answer
};

}  // namespace foyer::http
