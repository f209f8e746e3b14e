// Who watches a channel and who is typing, over all nodes: each node tells its own count through the bus, and
// what is not repeated in time is forgotten. Says when the own count is to be published and when the viewers are
// to hear of a change. A pure class: no I/O, the time is passed in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/live/live_clock.hpp"

namespace foyer::live {

class Presence {
 public:
  struct State {
    int viewers = 0;
    std::vector<std::string> typing;
    friend bool operator==(const State&, const State&) = default;
  };

  // Viewers on this node.
  void set_own(int viewers) { own_ = viewers; }
  void hear_node(std::string_view node, int viewers, TimePoint now);
  void hear_typing(std::string_view name, TimePoint now);

  State state(TimePoint now);
  // The only viewer there is reads the state in the answer to its subscription: no change to tell.
  void mark_told(TimePoint now) { told_ = state(now); }

  // The own count when it is time to publish it: changed, at most once a second, and refreshed while not zero.
  std::optional<int> take_publication(TimePoint now);
  // The state when the viewers are to be told: changed, at most once a second.
  std::optional<State> take_change(TimePoint now);
  // The next time one of the two may have something.
  std::optional<TimePoint> due() const;

 private:
  struct Node {
    int viewers = 0;
    TimePoint until;
  };
  struct Typing {
    std::string name;
    TimePoint until;
  };
  void forget_expired(TimePoint now);
  State present() const;

  int own_ = 0;
  std::map<std::string, Node, std::less<>> nodes_;  // the others
  std::vector<Typing> typing_;
  int published_ = 0;
  std::optional<TimePoint> published_at_;
  State told_;
  std::optional<TimePoint> told_at_;
};

}  // namespace foyer::live
