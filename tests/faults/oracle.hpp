// Judges a run of the fault rig by what its clients saw and what the nodes say at the end. Pure: it knows no clock, no
// network and no server.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace foyer::testing {

struct AcknowledgedPost {
  std::string key;
  std::int64_t thread = 0;
  std::int64_t post = 0;
};

// One subscriber's life on one channel: what was applied, in that order. A reload sets it to a head read over HTTP.
struct Applied {
  enum class How { event, reload } how = How::event;
  std::int64_t seq = 0;
};

using Posts = std::map<std::int64_t, std::string>;  // post id to its whole view as JSON text

struct Followed {
  std::vector<Applied> applied;  // from seq 1 on
  Posts posts;                   // what the events made of them
};

struct Evidence {
  std::vector<AcknowledgedPost> acknowledged;        // each acknowledgement, also repeated ones of a key
  std::map<std::int64_t, std::string> bodies;        // post id to the body of the last acknowledged post or edit
  std::set<std::int64_t> removed;                    // acknowledged removals
  std::map<std::int64_t, bool> locked;               // thread to the last acknowledged lock
  std::map<std::int64_t, std::int64_t> heads;        // thread to its last seq
  std::map<std::int64_t, bool> locked_at_the_end;    // as the API has it
  std::map<std::int64_t, std::int64_t> first_posts;  // made before the run: thread to number
  std::vector<std::map<std::int64_t, Posts>> nodes;  // by node: thread to its posts as the API has them
  std::vector<std::map<std::int64_t, Followed>> subscribers;  // by subscriber: thread to what it saw
};

struct Verdict {
  std::int64_t lost_posts = 0;         // acknowledged and not there
  std::int64_t doubled_posts = 0;      // of one key, or there and never acknowledged
  std::int64_t lost_changes = 0;       // acknowledged edits, removals and locks that do not show
  std::int64_t lost_events = 0;        // never applied
  std::int64_t doubled_events = 0;     // applied again
  std::int64_t disordered_events = 0;  // applied after a later one
  std::int64_t reloads = 0;            // of subscribers that were told `resync`; no fault
  std::int64_t differing_states = 0;   // of a subscriber or a node, against the first node's API

  bool clean() const;
};

Verdict judge(const Evidence& evidence);

}  // namespace foyer::testing
