// list_threads of thread_store.hpp: one statement per sort and set of filters, so that each has its own plan.
#include <algorithm>
#include <iterator>

#include "persistence/thread_rows.hpp"
#include "persistence/thread_store.hpp"

namespace foyer::persistence {
namespace {

// As many pinned threads are put on top of a film's list; further ones stay in their place by time.
constexpr int pinned_on_top = 5;

// By way of the film's few threads, also when the planner would rather walk all threads in order of time.
constexpr std::string_view threads_of_film = R"(
  (select c.* from thread_films tf join lateral (select * from threads where id = tf.thread_id limit 1) c on true
   where tf.film_id = $1::bigint) c)";

// By way of threads_pinned.
constexpr std::string_view pinned_of_film = R"(
  select p.id from threads p
  where p.pinned and p.post_count > 0 and not p.emptied and exists (
    select from thread_films pf where pf.thread_id = p.id and pf.film_id = $1::bigint)
  order by p.id desc limit $2::bigint)";

struct ListStatement {
  std::string name;
  std::string sql;
};

// Parameters have fixed places: 1 film, 2 pinned at most, 3 kind, 4 and 5 position, 6 limit. One that a statement
// does not need is named all the same, or PostgreSQL could not tell its type.
ListStatement compose(const ThreadFilter& filter, bool first_page) {
  const bool by_activity = filter.sort == ThreadSort::activity;
  const std::string at = by_activity ? "active_at" : "created_at";
  ListStatement list{.name = "list_threads_" + at, .sql = std::string(thread_columns)};
  const auto choose = [&list](bool wanted, std::string_view name, std::string_view condition, std::string_view other) {
    list.name.append(wanted ? name : "");
    list.sql.append(" and ").append(wanted ? condition : other);
  };
  list.sql.append(" from (select * from ").append(filter.film ? threads_of_film : "threads c").append(" where true");
  const std::string of_film = "c.id not in (" + std::string(pinned_of_film) + ")";
  choose(filter.film.has_value(), "+film", of_film, "$1::bigint is null and $2::bigint is null");
  choose(filter.kind.has_value(), "+kind", "c.kind = $3", "$3::text is null");
  // Written out: there are far fewer of one than of the other, and an index for each knows it.
  choose(filter.solved == true, "+solved", "c.kind = 'identify' and c.solved", "true");
  choose(filter.solved == false, "+unsolved", "c.kind = 'identify' and not c.solved", "true");
  choose(!first_page, "+after", "(c." + at + ", c.id) < ($4::timestamptz, $5::bigint)",
         "$4::timestamptz is null and $5::bigint is null");
  choose(filter.with_posts_only, "", "c.post_count > 0 and not c.emptied", "true");
  list.name.append(filter.with_posts_only ? "" : "+empty");
  list.sql.append(" order by c." + at + " desc, c.id desc limit $6::bigint) t")
      .append(thread_joins)
      .append(" order by t." + at + " desc, t.id desc");
  return list;
}

std::vector<ThreadView> read_threads(const pqxx::result& rows, int limit) {
  std::vector<ThreadView> threads;
  for (const pqxx::row& columns : rows) {
    if (std::ssize(threads) == limit) {
      break;
    }
    RowReader row{columns};
    threads.push_back(read_thread(row));
  }
  return threads;
}

std::vector<ThreadView> read_pinned(Transaction& transaction, const ThreadFilter& filter, int limit) {
  static const std::string sql = std::string(thread_columns)
                                     .append(" from threads t")
                                     .append(thread_joins)
                                     .append(" where t.id in (")
                                     .append(pinned_of_film)
                                     .append(") and ($3::text is null or t.kind = $3)")
                                     .append(" and ($4::boolean is null or (t.kind = 'identify' and t.solved = $4))")
                                     .append(" order by t.id desc");
  return read_threads(execute(transaction, Statement{"pinned_of_film", sql}, filter.film,
                              std::min(limit, pinned_on_top), filter.kind, filter.solved),
                      limit);
}

ThreadPosition position_of(const ThreadView& thread, ThreadSort sort) {
  return {.at = sort == ThreadSort::activity ? thread.last_post_at.value_or(thread.created_at) : thread.created_at,
          .id = thread.id};
}

// Before everything: where a page that was full of pinned threads goes on.
ThreadPosition before_all() {
  return {.at = Timestamp{std::chrono::sys_days{std::chrono::year{9999} / 1 / 1}}, .id = ThreadId{1}};
}

}  // namespace

ThreadPage list_threads(Transaction& transaction, const ThreadFilter& filter,
                        const std::optional<ThreadPosition>& after, int limit) {
  ThreadPage page;
  if (filter.film && !after) {
    page.items = read_pinned(transaction, filter, limit);
  }
  const int room = limit - static_cast<int>(page.items.size());
  const ListStatement list = compose(filter, !after);
  const pqxx::result rows = execute(transaction, Statement{list.name, list.sql}, filter.film,
                                    filter.film ? std::optional(std::min(limit, pinned_on_top)) : std::nullopt,
                                    filter.kind, after ? std::optional(after->at) : std::nullopt,
                                    after ? std::optional(after->id) : std::nullopt, room + 1);
  std::vector<ThreadView> ordinary = read_threads(rows, room);
  if (std::ssize(rows) > room) {
    page.next = ordinary.empty() ? before_all() : position_of(ordinary.back(), filter.sort);
  }
  std::ranges::move(ordinary, std::back_inserter(page.items));
  add_films(transaction, page.items);
  return page;
}

}  // namespace foyer::persistence
