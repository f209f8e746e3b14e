// Thousands of guests' sockets on the live channel, driven by one epoll loop in the caller's thread. Each member
// watches one channel and checks that it receives every seq after its position once and in order. A member can be told
// not to read at all. Speaks the protocol by itself, as LiveClient does.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::testing {

// Lets this process have as many descriptors as its hard limit allows.
void raise_open_files();

class LiveCrowd {
 public:
  struct Member {
    std::string channel;
    std::optional<std::int64_t> since;  // position: what it has, and what it subscribes with
    bool subscribed = false;
    bool reads = true;  // once subscribed
    int closed = 0;     // close code; 1006 when it ended without one
    std::string breach = {};

   private:
    friend class LiveCrowd;
    int descriptor = -1;
    enum class State : std::uint8_t { idle, connecting, upgrading, open } state = State::idle;
    std::string received = {};
  };

  // Called for every event, after its check.
  std::function<void(const Member& member, std::string_view text)> on_event;

  LiveCrowd();
  ~LiveCrowd();
  LiveCrowd(const LiveCrowd&) = delete;
  LiveCrowd& operator=(const LiveCrowd&) = delete;

  // The reference is valid until the next call.
  Member& add(std::string channel, std::optional<std::int64_t> since);
  std::vector<Member>& members() { return members_; }

  // Connects every member that is not open and lets it subscribe with its position.
  void connect(std::uint16_t port);
  // Runs the loop until `done`, which is asked between rounds; false when it does not hold in time.
  bool run(const std::function<bool()>& done, std::chrono::milliseconds patience);
  // Closes without a word, as a lost network does. The position stays.
  void cut(Member& member);
  // A member that did not read begins to.
  void read_again(Member& member);

  // The first thing that went wrong with any member, or "".
  std::string breach() const;

 private:
  void begin(Member& member, std::uint16_t port);
  void wait_for(Member& member, std::uint32_t events, bool known);
  void on_ready(Member& member);
  void receive(Member& member);
  void take_upgrade(Member& member);
  void take_frames(Member& member);
  void take_text(Member& member, std::string_view text);
  void end(Member& member, int code);

  int epoll_;
  std::uint16_t port_ = 0;
  std::vector<Member> members_;
};

}  // namespace foyer::testing
