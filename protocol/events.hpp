// What a committed change is to the outside: one event of a durable channel, with the next dense seq of that
// channel. The envelope is made once from the committed rows; every subscriber gets the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/channel.hpp"
#include "protocol/excerpt.hpp"
#include "protocol/ids.hpp"
#include "protocol/timestamp.hpp"
#include "protocol/views.hpp"

namespace foyer {

enum class EventKind : std::int16_t {
  post_created = 1,
  post_edited = 2,
  post_removed = 3,
  post_restored = 4,
  post_deleted = 5,
  thread_updated = 6,
  post_reacted = 7,
};

std::string_view to_word(EventKind kind);  // "post.created", …
std::optional<EventKind> event_kind_from_word(std::string_view word);

struct Event {
  Channel channel;
  Seq seq;
  EventKind kind = EventKind::post_created;
  Timestamp at;
  std::variant<PostView, ThreadView> data;  // post.* carry a post, thread.* a thread
  friend bool operator==(const Event&, const Event&) = default;
};

// An event as it travels between nodes and to sockets: position and finished JSON text, never re-encoded.
struct EncodedEvent {
  Channel channel;
  Seq seq;
  std::string json;
};

// News of one committed change, ready for the bus: the encoded events and the snapshot channels (films, front)
// whose state changed with them. Made inside the transaction, published only after its commit.
struct News {
  std::vector<EncodedEvent> events;
  std::vector<Channel> snapshots;
};

// Present state of a film's discussion, sent on film:{id}.
struct FilmNews {
  FilmId film_id;
  std::optional<ThreadId> comments_thread_id;
  std::int64_t comment_count = 0;
  std::vector<ThreadView> threads;  // linked, latest activity first, at most 10
  RatingView rating;
  // The newest, at most 10: more than stand beside the film, so that none of those is missed when others come.
  std::vector<Excerpt> reviews = {};
  std::optional<std::vector<Excerpt>> related = {};  // empty: nobody looked for such threads yet
};

// Who reads a thread that a snapshot names, over all nodes.
struct ThreadReaders {
  ThreadId thread;
  int viewers = 0;
  friend bool operator==(const ThreadReaders&, const ThreadReaders&) = default;
};

}  // namespace foyer
