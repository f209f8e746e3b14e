#include "persistence/event_store.hpp"

#include "persistence/post_rows.hpp"
#include "persistence/thread_store.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement insert_event{"insert_event", R"(
  insert into events (channel_kind, channel_id, seq, kind, post_id, at) values ($1::smallint, $2, $3, $4::smallint, $5, $6))"};

constexpr Statement time_of_transaction{"transaction_time", "select date_trunc('milliseconds', now())"};

// One row per event, or a single one with the head alone.
std::string events_sql() {
  return std::string("select t.last_seq, e.seq, e.kind, e.at, ").append(post_columns).append(R"(
    from threads t
    left join lateral (
      select seq, kind, at, post_id from events
      where channel_kind = 1 and channel_id = t.id and seq > $2 order by seq limit $3::bigint) e on true
    left join posts p on p.id = e.post_id
    left join users a on a.id = p.author_id
    where t.id = $1 order by e.seq)");
}

EventKind read_kind(int number) {
  switch (const auto kind = static_cast<EventKind>(number)) {
    case EventKind::post_created:
    case EventKind::post_edited:
    case EventKind::post_removed:
    case EventKind::post_restored:
    case EventKind::post_deleted:
    case EventKind::thread_updated:
      return kind;
  }
  throw std::logic_error("an event of a kind this program does not know: " + std::to_string(number));
}

}  // namespace

void append_event(Transaction& transaction, ThreadId thread, Seq seq, EventKind kind, std::optional<PostId> post,
                  Timestamp at) {
  execute(transaction, insert_event, static_cast<int>(ChannelKind::thread), thread, seq, static_cast<int>(kind), post,
          at);
}

Timestamp transaction_time(Transaction& transaction) {
  return RowReader{execute(transaction, time_of_transaction)[0]}.next<Timestamp>();
}

EventPage read_events(Transaction& transaction, ThreadId thread, Seq since, int limit) {
  static const std::string sql = events_sql();
  EventPage page;
  std::optional<ThreadView> present;  // read once, for all thread.* events
  for (const pqxx::row& columns : execute(transaction, Statement{"events_of_thread", sql}, thread, since, limit)) {
    RowReader row{columns};
    page.head = row.next<Seq>();
    if (row.next_is_null()) {
      break;
    }
    EventRow event{.channel = {ChannelKind::thread, thread.value},
                   .seq = row.next<Seq>(),
                   .kind = read_kind(row.next<int>()),
                   .at = row.next<Timestamp>(),
                   .subject = PostRow{}};
    if (!row.next_is_null()) {
      event.subject = read_post(row);
    } else {
      present = present ? present : find_thread(transaction, thread);
      event.subject = present.value();
    }
    page.events.push_back(std::move(event));
  }
  return page;
}

}  // namespace foyer::persistence
