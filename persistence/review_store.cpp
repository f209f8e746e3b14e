#include "persistence/review_store.hpp"

#include <iterator>
#include <limits>
#include <string>

#include "persistence/thread_rows.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement review_of_member{"review_of_member", R"(
  select thread_id, contains_spoilers from reviews where film_id = $1 and member_id = $2)"};

constexpr Statement insert_review_row{"insert_review", R"(
  insert into reviews (thread_id, film_id, member_id, contains_spoilers) values ($1, $2, $3, $4))"};

constexpr Statement update_review_row{"update_review",
                                      "update reviews set contains_spoilers = $2 where thread_id = $1"};

constexpr Statement delete_review_row{"delete_review", "delete from reviews where thread_id = $1"};

// Each look-up goes by an index, whatever the planner believes about the number of reviews.
constexpr std::string_view page_of_film = R"(,
  case when review.contains_spoilers then '' else t.first_body end
  from (
    select c.*, first.body as first_body from reviews r
    join lateral (select * from threads where id = r.thread_id limit 1) c on true
    join lateral (
      select body from posts where thread_id = r.thread_id and number = 1 and state = 'visible' limit 1) first on true
    where r.film_id = $1 and r.thread_id < $2::bigint order by r.thread_id desc limit $3::bigint) t)";

constexpr Statement count_of_film{"count_reviews", R"(
  select count(*) from (
    select from reviews r
    join lateral (
      select from posts where thread_id = r.thread_id and number = 1 and state = 'visible' limit 1) first on true
    where r.film_id = $1 limit $2::bigint) shown)"};

}  // namespace

std::optional<ReviewRow> find_review(Transaction& transaction, FilmId film, UserId member) {
  const pqxx::result rows = execute(transaction, review_of_member, film, member);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return ReviewRow{.thread = row.next<ThreadId>(), .contains_spoilers = row.next<bool>()};
}

void insert_review(Transaction& transaction, ThreadId thread, FilmId film, UserId member, bool contains_spoilers) {
  execute(transaction, insert_review_row, thread, film, member, contains_spoilers);
}

void update_review(Transaction& transaction, ThreadId thread, bool contains_spoilers) {
  execute(transaction, update_review_row, thread, contains_spoilers);
}

void delete_review(Transaction& transaction, ThreadId thread) { execute(transaction, delete_review_row, thread); }

ReviewPage list_reviews(Transaction& transaction, FilmId film, const std::optional<std::int64_t>& after, int limit) {
  static const std::string sql =
      std::string(thread_columns).append(page_of_film).append(thread_joins).append(" order by t.id desc");
  ReviewPage page;
  std::vector<ThreadView> threads;
  const std::int64_t before = after.value_or(std::numeric_limits<std::int64_t>::max());
  for (const pqxx::row& columns : execute(transaction, Statement{"reviews_of_film", sql}, film, before, limit + 1)) {
    RowReader row{columns};
    threads.push_back(read_thread(row));
    page.items.push_back({.thread = {}, .excerpt = row.next<std::string>()});
  }
  if (std::ssize(threads) > limit) {
    threads.pop_back();
    page.items.pop_back();
    page.next = threads.empty() ? before : threads.back().id.value;
  }
  add_films(transaction, threads);
  for (std::size_t at = 0; at < threads.size(); ++at) {
    page.items[at].thread = std::move(threads[at]);
  }
  return page;
}

std::int64_t count_reviews(Transaction& transaction, FilmId film, int most) {
  return RowReader{execute(transaction, count_of_film, film, most)[0]}.next<std::int64_t>();
}

}  // namespace foyer::persistence
