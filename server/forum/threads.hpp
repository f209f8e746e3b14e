// Threads: start, list, read, change.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/events.hpp"
#include "protocol/rails.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/cursor.hpp"

namespace foyer::forum {

// A committed change and its news for the bus. The edges publish the news after the commit, never before.
template <class View>
struct Changed {
  View view;
  News news;
};

// Kinds discussion, identify and watch_along; reviews and a film's comments have their own calls.
Result<Changed<ThreadStarted>> start_thread(persistence::Transaction& transaction, const Actor& actor,
                                            const StartThreadRequest& request, const std::string& idempotency_key);

struct ThreadQuery {
  std::optional<FilmId> film;
  std::string kind;                 // "" = all; else invalid when unknown
  std::string sort;                 // "", "activity" or "created"
  std::optional<bool> solved = {};  // only threads that look for a film: in vain so far, or found
};
Result<ListView<ThreadView>> list_threads(persistence::Transaction& transaction, const ThreadQuery& query,
                                          const ListRequest& list);
// What is being discussed, by activity, and what stands beside it.
struct FrontPageContent {
  ListView<ThreadView> threads;
  FrontRail rail;
};
Result<FrontPageContent> read_front_page(persistence::Transaction& transaction);
Result<ThreadView> read_thread(persistence::Transaction& transaction, ThreadId thread);

// Posts with number > after and the channel's head. Run in a snapshot.
Result<PostList> read_posts(persistence::Transaction& transaction, ThreadId thread, PostNumber after, int limit);

// One page of 50 for people. Run in a snapshot. page_number 0 = the last page. not_found beyond the end.
struct ThreadPageContent {
  ThreadView thread;
  std::vector<PostView> posts;
  std::vector<PostView> quoted;  // replied to from this page, standing on others
  ThreadRail rail;               // empty for a film's comments, which stand on its page
  std::map<UserId, int> scores;  // that authors of `posts` gave the film, where the thread is about one film
  std::int64_t page_number = 1;
  std::int64_t page_count = 1;
};
Result<ThreadPageContent> read_thread_page(persistence::Transaction& transaction, ThreadId thread,
                                           std::int64_t page_number);

// Title by its author or a moderator, everything else by moderators (audited); one thread.updated event.
Result<Changed<ThreadView>> change_thread(persistence::Transaction& transaction, const Actor& actor, ThreadId thread,
                                          const ChangeThreadRequest& request);

}  // namespace foyer::forum
