// One run against an installation: what its clients, writers and the conductor share. All of it belongs to one thread.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "server/verify/change.hpp"
#include "server/verify/delivery.hpp"
#include "server/verify/judgement.hpp"
#include "server/verify/messages.hpp"
#include "server/verify/promise.hpp"
#include "server/verify/screen.hpp"
#include "server/verify/wire.hpp"

namespace foyer::verify {

struct Run {
  Run(const DeliveryOptions& asked, std::vector<NodeAddress> at, std::uint64_t from_seed);

  // Waits; false when the run ends meanwhile.
  Task<bool> pause(std::chrono::steady_clock::duration duration);
  // Asks until a node answers with less than 500 and not with 429, going from node to node, for as long as
  // limits::verify_retry_time; the last answer then. Waits as long as Retry-After says; `until` ends waiting for 429.
  Task<Answer> ask(std::vector<std::unique_ptr<HttpLink>>& links, std::size_t first, Question question,
                   TimePoint until);
  std::vector<std::unique_ptr<HttpLink>> links();
  std::size_t random_below(std::size_t bound);
  bool full() const;  // no more is written: limits::verify_changes_max or verify_sightings_max
  void cannot_run(const std::string& words);
  void end();  // clients come back no more; every coroutine ends by itself

  DeliveryOptions options;
  std::vector<NodeAddress> nodes;
  std::mt19937_64 random;
  boost::asio::io_context io{1};
  Network network;
  LiveReader reader;

  UserView self;
  bool moderates = false;
  std::string mark;  // in titles and keys, another one for every run
  std::vector<ThreadId> threads;
  std::vector<Screen> screens;
  std::vector<std::shared_ptr<LiveLink>> sockets;  // of the screens; null while away
  std::vector<Change> changes;
  std::vector<Repeat> repeats;
  std::set<PostId> unanswered;  // 0 for posts that may or may not exist
  std::vector<std::string> unanswered_words;
  std::vector<std::string> unreadable;  // messages that are not the protocol's; bounded
  Truths truths;
  Durations catch_up;
  std::int64_t cuts = 0;
  std::int64_t loads = 0;
  std::int64_t resyncs = 0;
  std::int64_t sightings = 0;
  std::int64_t limited = 0;  // answers 429
  std::int64_t impeded = 0;  // answers 5xx and none
  std::size_t writing = 0;   // writers still at work
  TimePoint write_until;
  bool over = false;    // clients stay away when their connection has ended
  std::string failure;  // why it could not run
};

// A client: loads or not, subscribes, follows, comes back to any node when cut, until the run is over.
Task<> follow(Run& run, std::size_t client);
// A writer: posts, edits, removes, restores, repeats, until run.write_until.
Task<> write(Run& run, int writer);
// Locks and unlocks threads now and then, as moderators do.
Task<> keep_locking(Run& run);
Task<bool> set_locked(Run& run, std::vector<std::unique_ptr<HttpLink>>& links, ThreadId thread, bool locked);
// The whole thread through the API: posts and events. Empty when no node answers.
Task<std::optional<ThreadTruth>> read_truth(Run& run, std::vector<std::unique_ptr<HttpLink>>& links, ThreadId thread);
Task<std::optional<PostsPage>> read_posts(Run& run, std::vector<std::unique_ptr<HttpLink>>& links, std::size_t node,
                                          ThreadId thread);
// From the first question to the last; the caller then judges.
Task<> conduct(Run& run);

}  // namespace foyer::verify
