#include "server/forum/feeds.hpp"

#include <algorithm>
#include <utility>

#include "persistence/feed_store.hpp"
#include "persistence/film_store.hpp"
#include "persistence/post_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/films.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {
namespace {

using persistence::FeedRow;
using persistence::PostRow;
using persistence::Transaction;

// By the state of the row, whatever the statement that found it asked for.
void add(FeedEntries& entries, const ThreadView& thread, const PostRow& row) {
  PostView post = public_view(row);
  if (post.state != PostState::visible || !post.body) {
    return;
  }
  FeedEntry entry{thread, std::move(post), std::nullopt};
  if (!thread.contains_spoilers) {
    entry.html = render_without_spoilers(*entry.post.body).html;
  }
  entry.post.body.reset();
  entry.post.html.reset();
  entries.push_back(std::move(entry));
}

FeedEntries entries_of(const std::vector<FeedRow>& rows) {
  FeedEntries entries;
  for (const FeedRow& row : rows) {
    add(entries, row.thread, row.post);
  }
  return entries;
}

void add_newest_posts(Transaction& transaction, FeedEntries& entries, const ThreadView& thread) {
  for (const PostRow& row : persistence::newest_posts(transaction, thread.id, limits::feed_entries)) {
    add(entries, thread, row);
  }
}

}  // namespace

FeedEntries read_front_feed(Transaction& transaction) {
  return entries_of(persistence::newest_threads(transaction, limits::feed_entries));
}

Result<FilmFeed> read_film_feed(Transaction& transaction, FilmId film) {
  auto link = persistence::find_film_link(transaction, film);
  if (!link) {
    return no_such_film();
  }
  FilmFeed feed{std::move(*link),
                entries_of(persistence::newest_threads_of_film(transaction, film, limits::feed_entries)), std::nullopt};
  if (const auto comments = persistence::find_comments_thread(transaction, film)) {
    feed.comments = persistence::find_thread(transaction, *comments);
    add_newest_posts(transaction, feed.entries, feed.comments.value());
  }
  std::ranges::sort(feed.entries, std::ranges::greater{},
                    [](const FeedEntry& entry) { return std::pair(entry.post.created_at, entry.post.id); });
  if (std::ssize(feed.entries) > limits::feed_entries) {
    feed.entries.resize(limits::feed_entries);
  }
  return feed;
}

Result<ThreadFeed> read_thread_feed(Transaction& transaction, ThreadId thread) {
  auto found = read_thread(transaction, thread);
  if (!found) {
    return found.error();
  }
  ThreadFeed feed{std::move(*found), {}};
  add_newest_posts(transaction, feed.entries, feed.thread);
  return feed;
}

Result<MemberFeed> read_member_feed(Transaction& transaction, const std::string& name) {
  auto profile = read_profile(transaction, name);
  if (!profile) {
    return profile.error();
  }
  const std::vector<PostRow> rows =
      persistence::list_user_posts(transaction, profile->user.id, std::nullopt, limits::feed_entries).items;
  std::vector<ThreadId> ids;
  std::ranges::transform(rows, std::back_inserter(ids), &PostRow::thread_id);
  const auto threads = persistence::find_threads(transaction, ids);
  MemberFeed feed{std::move(profile->user), {}};
  for (const PostRow& row : rows) {
    add(feed.entries, threads.at(row.thread_id), row);
  }
  return feed;
}

std::vector<std::string> uncovered_words(const ThreadView& thread, const std::vector<PostView>& posts) {
  std::vector<std::string> words;
  words.reserve(posts.size());
  for (const PostView& post : posts) {
    const bool shown = post.state == PostState::visible && post.body && !thread.contains_spoilers;
    const bool whole = post.number.value == 1 && thread.kind != ThreadKind::comments;
    words.push_back(shown ? plain_snippet(*post.body, whole ? limits::post_characters : limits::snippet_characters)
                          : "");
  }
  return words;
}

}  // namespace foyer::forum
