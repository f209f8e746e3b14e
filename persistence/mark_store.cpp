#include "persistence/mark_store.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement upsert_mark{"put_mark", R"(
  insert into film_marks as m (film_id, member_id, seen_at, wanted_at)
  values ($1, $2, case when $3::text = 'seen' then now() end, case when $3 = 'watchlist' then now() end)
  on conflict (member_id, film_id) do update
    set seen_at = coalesce(m.seen_at, excluded.seen_at), wanted_at = coalesce(m.wanted_at, excluded.wanted_at))"};

// A row without any mark is none.
constexpr Statement delete_last_mark{"delete_last_mark", R"(
  delete from film_marks where film_id = $1 and member_id = $2
    and case when $3::text = 'seen' then wanted_at is null else seen_at is null end)"};

constexpr Statement clear_mark{"clear_mark", R"(
  update film_marks set seen_at = case when $3::text = 'seen' then null else seen_at end,
                        wanted_at = case when $3 = 'watchlist' then null else wanted_at end
  where film_id = $1 and member_id = $2)"};

constexpr Statement marks_of_member{"marks_of_member", R"(
  select seen_at is not null, wanted_at is not null from film_marks where film_id = $1 and member_id = $2)"};

}  // namespace

void put_mark(Transaction& transaction, FilmId film, UserId member, FilmMark mark) {
  execute(transaction, upsert_mark, film, member, mark);
}

void delete_mark(Transaction& transaction, FilmId film, UserId member, FilmMark mark) {
  execute(transaction, delete_last_mark, film, member, mark);
  execute(transaction, clear_mark, film, member, mark);
}

FilmMarks find_marks(Transaction& transaction, FilmId film, UserId member) {
  const pqxx::result rows = execute(transaction, marks_of_member, film, member);
  if (rows.empty()) {
    return {};
  }
  RowReader row{rows[0]};
  return FilmMarks{.seen = row.next<bool>(), .watchlist = row.next<bool>()};
}

}  // namespace foyer::persistence
