#include "persistence/event_store.hpp"

#include <map>
#include <utility>

#include "persistence/post_rows.hpp"
#include "persistence/thread_store.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement insert_event{"insert_event", R"(
  insert into events (channel_kind, channel_id, seq, kind, post_id, at) values ($1::smallint, $2, $3, $4::smallint, $5, $6))"};

constexpr Statement time_of_transaction{"transaction_time", "select date_trunc('milliseconds', now())"};

// One row per event, or a single one with the head alone. Each look-up is a subquery with a limit, so that it goes by
// the index whatever the planner believes about the number of positions and events.
std::string events_sql() {
  return std::string("select w.place, t.last_seq, e.seq, e.kind, e.at, ").append(post_columns).append(R"(
    from unnest($1::bigint[], $2::bigint[]) with ordinality as w (thread_id, since, place)
    cross join lateral (select last_seq from threads where id = w.thread_id limit 1) t
    left join lateral (
      select seq, kind, at, post_id from events
      where channel_kind = 1 and channel_id = w.thread_id and seq > w.since order by seq limit $3::bigint) e on true
    left join lateral (select * from posts where id = e.post_id limit 1) p on true
    left join lateral (select id, name, role from users where id = p.author_id limit 1) a on true
    order by w.place, e.seq)");
}

EventKind read_kind(int number) {
  switch (const auto kind = static_cast<EventKind>(number)) {
    case EventKind::post_created:
    case EventKind::post_edited:
    case EventKind::post_removed:
    case EventKind::post_restored:
    case EventKind::post_deleted:
    case EventKind::thread_updated:
    case EventKind::post_reacted:
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
  return std::move(read_events(transaction, {{thread, since}}, limit).front());
}

std::vector<EventPage> read_events(Transaction& transaction, const std::vector<EventPosition>& positions, int limit) {
  static const std::string sql = events_sql();
  ArrayText threads, since;
  for (const EventPosition& position : positions) {
    threads.add(position.thread);
    since.add(position.since);
  }
  std::vector<EventPage> pages(positions.size());
  std::map<ThreadId, ThreadView> present;  // read once, for all thread.* events
  for (const pqxx::row& columns :
       execute(transaction, Statement{"events_of_threads", sql}, threads.take(), since.take(), limit)) {
    RowReader row{columns};
    const auto place = row.next<std::size_t>() - 1;
    const ThreadId thread = positions.at(place).thread;
    EventPage& page = pages.at(place);
    page.head = row.next<Seq>();
    if (row.next_is_null()) {
      continue;
    }
    EventRow event{.channel = {ChannelKind::thread, thread.value},
                   .seq = row.next<Seq>(),
                   .kind = read_kind(row.next<int>()),
                   .at = row.next<Timestamp>(),
                   .subject = PostRow{}};
    if (!row.next_is_null()) {
      event.subject = read_post(row);
    } else {
      if (!present.contains(thread)) {
        present.emplace(thread, find_thread(transaction, thread).value());
      }
      event.subject = present.at(thread);
    }
    page.events.push_back(std::move(event));
  }
  return pages;
}

}  // namespace foyer::persistence
