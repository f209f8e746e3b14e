// The text in which a node tells its counts of removals on the topic that every node hears. Pure functions.
//   17446744073709551615    first line: the node, a number that each process draws anew
//   ?                       the node is new here: the others tell their counts again
//   42 24 913 10 7          of the removal with seq 24 in thread 42, of post 913: delivered, applied
//   +201 2 1 0 0            and of its screens in bucket 201: lost, returned, back_at, back_above
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"

namespace foyer::live {

inline constexpr std::string_view reach_topic = "foyer:reach";

// Screens whose people fall into one bucket: who comes back is taken for one that was lost only within it.
struct ReachBucket {
  std::uint8_t number = 0;
  std::int64_t lost = 0;        // delivered, and gone without an acknowledgement
  std::int64_t returned = 0;    // acknowledged by screens that came back from below and got it in their history
  std::int64_t back_at = 0;     // said to be applied already by screens that came back from just there
  std::int64_t back_above = 0;  // or from above

  friend bool operator==(const ReachBucket&, const ReachBucket&) = default;
};

// Of one removal on one node.
struct ReachCounts {
  std::int64_t delivered = 0;             // live, to subscriptions there
  std::int64_t applied = 0;               // of these, acknowledged
  std::vector<ReachBucket> buckets = {};  // those with something to count, by number

  std::int64_t lost() const;
  std::int64_t outstanding() const { return delivered - applied - lost(); }
  ReachBucket& bucket(std::uint8_t number);
  friend bool operator==(const ReachCounts&, const ReachCounts&) = default;
};

// The same on every node and in every life of it. `who`: a member, or the network of a guest.
std::uint8_t reach_bucket(std::string_view who);

struct Removal {
  ThreadId thread;
  Seq seq;
  PostId post;
  friend bool operator==(const Removal&, const Removal&) = default;
};

struct ReachMessage {
  struct Line {
    Removal removal;
    ReachCounts counts;
    friend bool operator==(const Line&, const Line&) = default;
  };
  std::uint64_t node = 0;
  bool asks = false;
  std::vector<Line> lines;
  friend bool operator==(const ReachMessage&, const ReachMessage&) = default;
};

std::string reach_text(const ReachMessage& message);
// Nothing unless every line is as above and its counts can be.
std::optional<ReachMessage> parse_reach_message(std::string_view text);

}  // namespace foyer::live
