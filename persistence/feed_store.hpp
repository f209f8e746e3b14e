// The newest threads and posts for feeds. Only visible posts, and threads whose first post is visible. Candidates are
// capped before that is looked at: after a wave of removals a feed may be short.
#pragma once

#include <map>
#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"

namespace foyer::persistence {

struct FeedRow {
  ThreadView thread;
  PostRow post;
};

// Threads with their first posts, the newest first; comments on films are no such threads.
std::vector<FeedRow> newest_threads(Transaction& transaction, int limit);
std::vector<FeedRow> newest_threads_of_film(Transaction& transaction, FilmId film, int limit);
// The newest first.
std::vector<PostRow> newest_posts(Transaction& transaction, ThreadId thread, int limit);
// Unknown ids are left out.
std::map<ThreadId, ThreadView> find_threads(Transaction& transaction, const std::vector<ThreadId>& threads);

}  // namespace foyer::persistence
