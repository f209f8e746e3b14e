// Who is behind each socket, and whether they still may be. A right can end anywhere: on another node, in another tab,
// by a moderator, on the command line, by SQL. So triggers note each change in the table access_changes (migration
// 0007), in its own transaction, and every node looks there some times a second, whether Redis lives or not: whoever is
// named and has a socket here is identified again. That is all of it; there is no message that could get lost.
//
// One read at a time, and what is asked meanwhile travels together in the next one: a herd of sockets that come back
// costs a few statements. It is also why nobody slips through: a socket is known here before the answer to a later
// look is worked on, so a change is either seen when the socket is identified or names it afterwards.
//
// While PostgreSQL is away nobody gains or loses anything; the next look goes on from where the last one stood.
// I/O thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "persistence/access_changes.hpp"
#include "protocol/result.hpp"
#include "server/forum/accounts.hpp"
#include "server/live/live_clock.hpp"

namespace foyer::live {

struct RightsQuestion {
  std::optional<persistence::AccessPosition> changed_since;  // asked only when it is due
  std::vector<forum::Proof> proofs;
};
struct RightsAnswer {
  std::optional<persistence::AccessChanges> changes;
  std::vector<Result<forum::Actor>> actors;  // one for each proof, in their order
};

// DatabaseRights is the real one. The answer comes later, on the I/O thread, never from within the call, and never
// after the reader is gone.
class RightsReader {
 public:
  using Done = std::function<void(Result<RightsAnswer>)>;
  virtual void read(RightsQuestion question, Done done) = 0;

 protected:
  ~RightsReader() = default;
};

// A socket of a member.
class RightsHolder {
 public:
  virtual const forum::Proof& proof() const = 0;
  // What the proof is worth now: an actor, a guest or an error when it is worth nothing any more. May remove itself.
  virtual void on_rights(const Result<forum::Actor>& actor) = 0;

 protected:
  ~RightsHolder() = default;
};

struct RightsFigures {  // since start; for metrics
  std::uint64_t identity_reads = 0;
  std::uint64_t identified = 0;
  std::uint64_t looks = 0;
};

class RightsWatch {
 public:
  explicit RightsWatch(RightsReader& reader) : reader_(reader) {}  // which outlives the watch
  RightsWatch(const RightsWatch&) = delete;
  RightsWatch& operator=(const RightsWatch&) = delete;

  // The answer comes from a read that began after this call; unavailable when it failed.
  void identify(forum::Proof proof, forum::Identified done);

  // From now on the holder hears of every change. Call it from within the callback that identified the member.
  void add(std::uint64_t id, UserId member, RightsHolder& holder);
  void remove(std::uint64_t id);

  // Every limits::rights_poll: looks for changes, unless nobody is here whom they could concern.
  void look(TimePoint now);

  const RightsFigures& figures() const { return figures_; }

 private:
  struct Holder {
    UserId member;
    RightsHolder* holder;
  };
  struct Waiting {
    forum::Proof proof;
    forum::Identified done;
  };
  struct Batch {
    std::vector<std::uint64_t> holders;  // their proofs come first
    std::vector<Waiting> waiting;
    bool looks = false;
  };

  void read_next();
  void after(const Batch& batch, const Result<RightsAnswer>& answer);
  void tell(const Batch& batch, const RightsAnswer& answer);
  void doubt(const persistence::AccessChanges& changes);
  void doubt_all();

  RightsReader& reader_;
  std::unordered_map<std::uint64_t, Holder> holders_;
  std::unordered_multimap<UserId, std::uint64_t> of_member_;
  std::set<std::uint64_t> doubtful_;  // holders to be identified again, in the next reads
  std::deque<Waiting> waiting_;       // bounded by the connections: each asks for one thing at a time
  persistence::AccessPosition position_;
  std::optional<TimePoint> looked_at_;  // the last time it succeeded
  TimePoint look_began_{};
  bool look_due_ = false;
  bool reading_ = false;
  RightsFigures figures_;
};

}  // namespace foyer::live
