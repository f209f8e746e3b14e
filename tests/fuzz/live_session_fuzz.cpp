// Bytes of a WebSocket → a live session with a hub of fakes. Only whole, valid frames of the server come back, nothing
// after its close frame; the queue stays bounded and the session ends with its connection.
#include <boost/json/parse.hpp>

#include "protocol/limits.hpp"
#include "server/live/live_session.hpp"
#include "tests/fuzz/fuzz_target.hpp"
#include "tests/live/fake_rights.hpp"
#include "tests/live/fakes.hpp"
#include "tests/live/loopback_bus.hpp"
#include "tests/live/raw_client.hpp"

namespace foyer::live {
namespace {

using fuzz::require;
using namespace std::chrono_literals;

class World {
 public:
  World() { hub_.start(), backlog_.commit_many(1, 3); }
  ~World() { session_->abandon(); }

  void talk(std::string_view bytes) {
    session_->start(client_.upgrade());
    turn_until([this] { return !client_.take_response().empty(); });
    client_.write(bytes);
    for (int turn = 0; turn < 20 && (turn_once() || turn < 3);) {
      ++turn;
      require(session_->waiting_bytes() <= limits::live_queue_bytes + limits::live_message_bytes, "a bounded queue");
    }
    check_frames(client_.received());
    client_.reset();
    while (turn_once()) {
    }
    session_->sweep(std::chrono::steady_clock::now() + 10s);
    turn_until([this] { return closed_ == 1; });
  }

 private:
  bool turn_once() {
    context_.restart();
    const bool busy = context_.poll() > 0;
    const std::size_t before = client_.received().size();
    client_.read();
    return backlog_.answer_one() || busy || client_.received().size() > before;
  }
  template <class Condition>
  void turn_until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
      require(std::chrono::steady_clock::now() < deadline, "the session goes on");
      turn_once();
    }
  }
  static void check_frames(std::string_view received) {
    bool closed = false;
    while (received.size() >= 2) {
      const auto first = static_cast<unsigned char>(received[0]);
      std::size_t length = static_cast<unsigned char>(received[1]);
      std::size_t head = 2;
      require(length < 128, "servers do not mask");
      if (length >= 126) {
        const std::size_t more = length == 126 ? 2 : 8;
        length = 0;
        require(received.size() >= head + more, "a whole frame");
        for (; head < 2 + more; ++head) {
          length = length << 8 | static_cast<unsigned char>(received[head]);
        }
      }
      require(received.size() >= head + length, "a whole frame");
      require(!closed, "nothing after the close frame");
      require(first == 0x81 || first == 0x88 || first == 0x89 || first == 0x8A, "a frame that a server may send");
      require(first == 0x81 || length <= 125, "a short control frame");
      if (first == 0x81) {
        require(boost::json::parse(received.substr(head, length)).as_object().contains("type"), "a message");
      }
      closed = first == 0x88;
      received.remove_prefix(head + length);
    }
    require(received.empty(), "a whole frame");
  }

  boost::asio::io_context context_{1};
  LoopbackExchange exchange_;
  FakeBacklog backlog_;
  ManualClock clock_;
  LoopbackBus bus_{context_.get_executor(), exchange_};
  Hub hub_{"node-1", bus_, backlog_, clock_};
  persistence::Database database_{{"host=/nowhere connect_timeout=1", 1}};
  persistence::PostWriter writer_{database_, [](const News&) {}};
  FakeRights rights_reader_;
  RightsWatch rights_{rights_reader_};
  runtime::RateLimiter limiter_{true, 100};
  SessionFigures figures_;
  int closed_ = 0;
  SessionServices services_{"node-1", context_, hub_,     rights_,
                            writer_,  limiter_, figures_, [this](std::uint64_t) { ++closed_; }};
  RawClient client_{context_};
  std::shared_ptr<LiveSession> session_ = std::make_shared<LiveSession>(1, services_);
};

FOYER_FUZZ_TARGET(live_session) { World().talk(bytes.substr(0, 60'000)); }

}  // namespace
}  // namespace foyer::live
