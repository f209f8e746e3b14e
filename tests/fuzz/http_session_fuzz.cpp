// Bytes of a connection → the HTTP session on a real socket. What comes back is a row of whole answers, one
// for each request that was handled and at most one refusal, which is the last; then the session ends.
#include <array>
#include <charconv>

#include <boost/asio/write.hpp>
#include <sys/socket.h>

#include "server/http/session.hpp"
#include "server/runtime/spawn.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::http {
namespace {

using fuzz::require;
namespace asio = boost::asio;
using namespace std::chrono_literals;

struct Host final : SessionHost {
  runtime::Task<Response> answer(Request request, LateAnswer&) override {
    methods.push_back(request.method);
    co_return text_response(200, std::move(request.body));
  }
  Response refusal(const Error& error, const std::string&) override {
    return text_response(http_status(error.code), "no");
  }
  void note_refusal(std::string_view) override { ++refusals; }
  std::string next_request_id() override { return "id"; }
  std::string client_of(const Peer&, const Headers&) override { return "127.0.0.1"; }
  bool draining() const override { return false; }
  Result<forum::Proof> check_upgrade(const Request&) override { return refused(ErrorCode::forbidden, "not here"); }
  void hand_over(runtime::Upgrade) override {}
  void ended(Session&) override { is_over = true; }

  std::vector<Method> methods;
  std::size_t refusals = 0;
  bool is_over = false;
};

// Sends all, half-closes, and reads until the session is over.
std::string exchange(std::string_view bytes, const std::shared_ptr<Host>& host) {
  asio::io_context io{1};
  std::array<int, 2> ends{};  // no TCP: its ports run out after some ten thousand inputs
  require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0, "a pair of sockets");
  asio::ip::tcp::socket client(io, asio::ip::tcp::v4(), ends[0]);
  Socket accepted(io.get_executor(), asio::ip::tcp::v4(), ends[1]);
  client.non_blocking(true);
  boost::system::error_code error;
  client.write_some(asio::buffer(bytes), error);
  client.shutdown(asio::socket_base::shutdown_send, error);
  runtime::spawn(io.get_executor(), "session",
                 Session::run(std::make_shared<Session>(std::move(accepted), Peer{"127.0.0.1"}, host, nullptr)));
  std::string received;
  std::array<char, 65'536> space{};
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  bool over = false;
  while (!over || !error) {
    require(std::chrono::steady_clock::now() < deadline, "the session ends");
    over = host->is_over;
    io.run_one_for(1ms);
    const std::size_t size = client.read_some(asio::buffer(space), error);
    received.append(space.data(), size);
  }
  return received;
}

// Takes one answer off the front and returns its status.
int take_answer(std::string_view& received, bool has_body) {
  const std::size_t end = received.find("\r\n\r\n");
  require(received.starts_with("HTTP/1.1 ") && end != std::string_view::npos, "a whole head");
  const std::string_view head = received.substr(0, end + 2);
  int status = 0;
  std::from_chars(head.data() + 9, head.data() + 12, status);
  std::size_t length = 0;
  if (const std::size_t field = head.find("\r\nContent-Length: "); field != std::string_view::npos) {
    std::from_chars(head.data() + field + 18, head.data() + head.size(), length);
  }
  received.remove_prefix(end + 4);
  require(status == 100 || !has_body || received.size() >= length, "a whole body");
  received.remove_prefix(status == 100 || !has_body ? 0 : length);
  return status;
}

FOYER_FUZZ_TARGET(http_session) {
  const auto host = std::make_shared<Host>();
  const std::string answers = exchange(bytes.substr(0, 60'000), host);
  std::string_view rest = answers;
  std::size_t count = 0;
  while (!rest.empty()) {
    const bool to_head = count < host->methods.size() && host->methods[count] == Method::head;
    const int status = take_answer(rest, !to_head);
    require((status == 200) == (count < host->methods.size()) || status == 100, "answers in the order of the requests");
    count += status == 100 ? 0 : 1;
  }
  require(host->refusals <= 1, "nothing is read after a refusal");
  require(count == host->methods.size() + host->refusals, "one answer for each request");
}

}  // namespace
}  // namespace foyer::http
