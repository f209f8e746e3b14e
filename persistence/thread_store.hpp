// Threads and the counter that gives their events a dense seq. Whoever changes a thread visibly calls
// take_seq first: it locks the thread's row until commit, so seq numbers become visible in order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

struct NewThread {
  ThreadKind kind = ThreadKind::discussion;
  std::string title;
  std::string slug;
  std::optional<UserId> author;  // empty for kind comments
  std::vector<FilmId> films;
};

ThreadId insert_thread(Transaction& transaction, const NewThread& thread);

// The film's own thread of kind comments, made on first use. Racing first uses make one thread.
// `slug` and `title` are used when it is made. Does not publish anything: an empty thread is no news.
struct CommentsThread {
  ThreadId id;
  bool created = false;
};
CommentsThread ensure_comments_thread(Transaction& transaction, FilmId film, const std::string& title,
                                      const std::string& slug);
std::optional<ThreadId> find_comments_thread(Transaction& transaction, FilmId film);

std::optional<ThreadView> find_thread(Transaction& transaction, ThreadId thread);

// Locks the thread's row and returns the next seq; empty when there is no such thread.
std::optional<Seq> take_seq(Transaction& transaction, ThreadId thread);

struct ThreadChange {
  std::optional<std::string> title = {};
  std::optional<std::string> slug = {};
  std::optional<bool> locked = {};
  std::optional<bool> pinned = {};
  std::optional<int> slow_mode_seconds = {};
  std::optional<std::vector<FilmId>> films = {};
};
void update_thread(Transaction& transaction, ThreadId thread, const ThreadChange& change);

enum class ThreadSort { activity, created };
struct ThreadFilter {
  std::optional<FilmId> film = {};
  std::optional<ThreadKind> kind = {};
  ThreadSort sort = ThreadSort::activity;
  bool with_posts_only = true;      // an empty comments thread is not shown
  std::optional<bool> solved = {};  // only of those that look for a film
};
struct ThreadPosition {
  Timestamp at;
  ThreadId id;
};
struct ThreadPage {
  std::vector<ThreadView> items;
  std::optional<ThreadPosition> next;
};
// Newest first by the sort's time. Pinned threads first only within one film (filter.film set, first page).
ThreadPage list_threads(Transaction& transaction, const ThreadFilter& filter,
                        const std::optional<ThreadPosition>& after, int limit);

// Heads of channels by thread id; unknown threads are left out.
struct ChannelHead {
  ThreadId thread;
  Seq seq;
};
std::vector<ChannelHead> read_heads(Transaction& transaction, const std::vector<ThreadId>& threads);

}  // namespace foyer::persistence
