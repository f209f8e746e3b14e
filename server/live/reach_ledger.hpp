// Proof of reach: on how many screens the latest removals have done their work, over all nodes. Counts deliveries,
// acknowledgements and departures of this node's subscriptions, says when to tell them to the other nodes, and adds
// up what those tell. Nothing is kept per screen and removal: a subscription remembers its ReachMark. A pure class: no
// I/O, the time is passed in. Anybody can say `applied`, so who comes back is taken for one that was lost only within
// its bucket, one of 256 into which members and the networks of guests fall. The rules:
//   - A removal that a subscription got live is `applied` when the subscription acknowledges a seq at or above it, and
//     `lost` when it leaves without.
//   - One that it got in its history, because it came back from below, is `returned` when acknowledged. It counts as
//     no delivery: somewhere this screen was lost, or its page was loaded before the removal.
//   - An acknowledgement reaches at most what was sent, and what it says again counts nothing, also when its socket
//     has left the channel and subscribed again.
//   - The first acknowledgement of a subscription that came back may speak of a removal from before its `since`: the
//     screen was cut before it could say so. It answers for the latest one (`back_at`, `back_above`), and that counts
//     only as far as screens of its bucket were lost, before or after: it never adds a screen. Whoever named no
//     `since` has not come back and answers for nothing.
//   - A node that falls silent while screens owe it an acknowledgement was cut off with them: they count as lost, in
//     no known bucket. What is returned or back at the removal itself, from any bucket that has no use for it, makes
//     up for them; what is back from above does not, as whoever loads the page afterwards could say as much.
//   - Then: gone = applied + returned + back for a lost one; offline = lost ones for whom nobody is back; screens =
//     delivered, and the returned ones that nobody had lost. All are sums: the order in which things are heard of
//     does not matter.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/views.hpp"
#include "server/live/live_clock.hpp"
#include "server/live/reach_message.hpp"

namespace foyer::live {

// Whose screen it is, and what its socket has acknowledged on this channel in earlier subscriptions.
struct ReachWitness {
  std::uint8_t bucket = 0;
  Seq earlier = {};
};

// Of one subscription, from its answer on.
struct ReachMark {
  ReachWitness witness = {};
  bool came_back = false;                // it named a `since`
  Seq since;                             // its history begins above
  std::optional<Seq> live_from = {};     // what lies above came live; nothing yet while it reads history
  std::optional<Seq> acknowledged = {};  // the highest
};

struct ReachFigures {
  std::int64_t delivered = 0;
  std::int64_t applied = 0;
  std::int64_t lost = 0;
  std::int64_t returned = 0;  // by screens that came back from wherever

  friend bool operator==(const ReachFigures&, const ReachFigures&) = default;
};

class ReachLedger {
 public:
  struct Key {
    ThreadId thread;
    Seq seq;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  // `node`: a number that no other process has, not the same one's former life either.
  explicit ReachLedger(std::uint64_t node) : node_(node) {}

  // Committed on this node: it is known everywhere even when nobody watches.
  void note(const Removal& removal, TimePoint now);
  // Sent live to so many subscriptions of this node.
  void deliver(const Removal& removal, std::size_t screens, TimePoint now);
  // `sent`: the subscription has been sent everything up to here.
  void acknowledge(ThreadId thread, ReachMark& mark, Seq acknowledged, Seq sent);
  void leave(ThreadId thread, const ReachMark& mark, Seq sent);

  // What the other nodes tell; false when it cannot be read.
  bool hear(std::string_view text, TimePoint now);
  // The bus carries messages (again): nobody is silent yet, and all tell each other what they have.
  void connect(TimePoint now);
  void disconnect() { connected_ = false; }
  // The next message, when it is time; and when that will be.
  std::optional<std::string> take_message(TimePoint now);
  std::optional<TimePoint> due() const;
  // The node stops: what it has not told yet, whatever the time.
  std::optional<std::string> take_last_message();

  // Of the post's latest removal; nothing when it is not, or no longer, known here.
  std::optional<ReachView> find(PostId post, TimePoint now) const;
  std::size_t size() const { return records_.size(); }
  // Of this node since start, for metrics.
  const ReachFigures& figures() const { return figures_; }

 private:
  struct Record {
    PostId post;
    bool ours = false;  // something about it was counted or committed here
    int tellings = 0;   // still to come
    ReachCounts own;
    std::vector<std::pair<std::uint64_t, ReachCounts>> others;  // by node
  };
  using Records = std::map<Key, Record>;

  Record& open(const Removal& removal, TimePoint now);
  void forget(Key key);
  void forget_old(TimePoint now);
  void tell(Key key, Record& record);
  bool take_outstanding(const Record& record);
  void count_applied(Records::iterator at);
  void count_lost(Records::iterator at, std::uint8_t bucket);
  void count_back(Records::iterator at, std::uint8_t bucket, std::int64_t ReachBucket::* from);
  void answer_for_earlier(ThreadId thread, const ReachMark& mark, Seq up_to);
  void hear_node(std::uint64_t node, TimePoint now);
  void tell_all();
  std::string next_message();
  bool silent(std::uint64_t node, TimePoint now) const;
  ReachView sum(const Record& record, TimePoint now) const;

  const std::uint64_t node_;
  Records records_;
  std::deque<std::pair<TimePoint, Key>> ages_;  // oldest first
  std::map<std::uint64_t, TimePoint> nodes_;    // the others, last heard
  std::set<Key> to_tell_;
  std::int64_t outstanding_ = 0;  // acknowledgements owed by subscriptions of this node
  bool connected_ = false;
  bool changed_ = false;  // since the last message
  bool asks_ = false;
  TimePoint told_at_{};
  ReachFigures figures_;
};

}  // namespace foyer::live
