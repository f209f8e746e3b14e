// What feeds tell: new threads of the forum, new threads of a film and comments on it, new posts of a thread and of a
// member. Readers of feeds do not keep a spoiler closed and keep what they once got, so what is hidden is not in a feed
// at all, and of a thread that says to give its film away no text is. Run in a snapshot.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/feeds.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

// Threads with their first posts. What is said further in them is in the feed of each.
FeedEntries read_front_feed(persistence::Transaction& transaction);

struct FilmFeed {
  FilmLink film;
  FeedEntries entries;
  std::optional<ThreadView> comments;  // the thread of them, when there are any
};
Result<FilmFeed> read_film_feed(persistence::Transaction& transaction, FilmId film);

struct ThreadFeed {
  ThreadView thread;
  FeedEntries entries;
};
Result<ThreadFeed> read_thread_feed(persistence::Transaction& transaction, ThreadId thread);

struct MemberFeed {
  UserView member;
  FeedEntries entries;
};
Result<MemberFeed> read_member_feed(persistence::Transaction& transaction, const std::string& name);

// The words of each post that everybody may read uncovered, for search engines: of the first post of a thread all of
// them, of others the beginning; "" unless visible, and where the thread says to give its film away.
std::vector<std::string> uncovered_words(const ThreadView& thread, const std::vector<PostView>& posts);

}  // namespace foyer::forum
