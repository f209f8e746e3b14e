#include "persistence/rating_store.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement upsert_rating{"upsert_rating", R"(
  insert into ratings as r (film_id, member_id, score) values ($1, $2, $3)
  on conflict (film_id, member_id) do update set score = excluded.score, rated_at = now()
  where r.score <> excluded.score)"};

constexpr Statement withdraw_rating{"withdraw_rating", "delete from ratings where film_id = $1 and member_id = $2"};

constexpr Statement rating_of_film{"rating_of_film", R"(
  select count, total, histogram from film_ratings where film_id = $1)"};

constexpr Statement rating_of_member{"rating_of_member", R"(
  select score from ratings where film_id = $1 and member_id = $2)"};

constexpr Statement ratings_of_members{
    "ratings_of_members", "select member_id, score from ratings where film_id = $1 and member_id = any ($2::bigint[])"};

}  // namespace

bool put_rating(Transaction& transaction, FilmId film, UserId member, int score) {
  return execute(transaction, upsert_rating, film, member, score).affected_rows() > 0;
}

bool delete_rating(Transaction& transaction, FilmId film, UserId member) {
  return execute(transaction, withdraw_rating, film, member).affected_rows() > 0;
}

std::optional<double> average_of(std::int64_t total, std::int64_t count) {
  return count == 0 ? std::nullopt : std::optional(static_cast<double>(total) / static_cast<double>(count));
}

RatingView find_rating(Transaction& transaction, FilmId film) {
  RatingView rating;
  const pqxx::result rows = execute(transaction, rating_of_film, film);
  if (rows.empty()) {
    return rating;
  }
  RowReader row{rows[0]};
  rating.count = row.next<std::int64_t>();
  const auto total = row.next<std::int64_t>();
  rating.histogram = row.next<std::vector<std::int64_t>>();
  rating.average = average_of(total, rating.count);
  return rating;
}

std::optional<int> find_rating_of(Transaction& transaction, FilmId film, UserId member) {
  const pqxx::result rows = execute(transaction, rating_of_member, film, member);
  return rows.empty() ? std::nullopt : std::optional(RowReader{rows[0]}.next<int>());
}

std::map<UserId, int> find_ratings_of(Transaction& transaction, FilmId film, const std::vector<UserId>& members) {
  std::map<UserId, int> scores;
  for (const pqxx::row& columns : execute(transaction, ratings_of_members, film, members)) {
    RowReader row{columns};
    const auto member = row.next<UserId>();
    scores.emplace(member, row.next<int>());
  }
  return scores;
}

}  // namespace foyer::persistence
