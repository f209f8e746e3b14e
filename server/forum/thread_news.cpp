#include "server/forum/thread_news.hpp"

#include <algorithm>

#include "persistence/event_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/codec.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

Event append(Transaction& transaction, ThreadId thread, EventKind kind, std::optional<PostId> post) {
  const Seq seq = persistence::take_seq(transaction, thread).value();
  const Timestamp at = persistence::transaction_time(transaction);
  persistence::append_event(transaction, thread, seq, kind, post, at);
  return Event{Channel{ChannelKind::thread, thread.value}, seq, kind, at, {}};
}

}  // namespace

News encoded_news(const Event& event, const std::vector<FilmLink>& films) {
  News news;
  news.events.push_back(codec::encode_for_bus(event));
  for (const FilmLink& film : films) {
    const Channel channel{ChannelKind::film, film.id.value};
    if (std::find(news.snapshots.begin(), news.snapshots.end(), channel) == news.snapshots.end()) {
      news.snapshots.push_back(channel);
    }
  }
  news.snapshots.push_back(Channel{ChannelKind::front, 0});
  return news;
}

News post_news(Transaction& transaction, const persistence::PostRow& post, EventKind kind) {
  Event event = append(transaction, post.thread_id, kind, post.id);
  event.data = public_view(post);
  if (kind == EventKind::post_reacted) {
    // No list shows reactions: a doorbell would make every node read them all for nothing.
    News news;
    news.events.push_back(codec::encode_for_bus(event));
    return news;
  }
  const auto thread = persistence::find_thread(transaction, post.thread_id);
  return encoded_news(event, thread ? thread->films : std::vector<FilmLink>{});
}

News thread_news(Transaction& transaction, ThreadId thread, const std::vector<FilmLink>& former_films) {
  Event event = append(transaction, thread, EventKind::thread_updated, std::nullopt);
  // Read after the seq was taken, so that the view carries this event's own seq as its last_seq.
  const ThreadView present = persistence::find_thread(transaction, thread).value();
  event.data = present;
  std::vector<FilmLink> films = former_films;
  films.insert(films.end(), present.films.begin(), present.films.end());
  return encoded_news(event, films);
}

}  // namespace foyer::forum
