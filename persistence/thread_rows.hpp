// How several stores read threads: the columns in one place, and the films of many threads in one statement.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "persistence/transaction_impl.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

// The view's columns of a table of threads named t. A page is cut to size before it is joined:
//   thread_columns + " from (select * from threads … limit 20) t " + thread_joins + " order by …"
inline constexpr std::string_view thread_columns = R"(
  select t.id, t.slug, t.kind, t.title, author.id, author.name, author.role, t.last_seq, t.post_count, t.locked,
         t.pinned, t.slow_mode_seconds, t.created_at, t.last_post_at, last_author.name,
         solved_film.id, solved_film.slug, solved_film.title, solved_film.year, given.score,
         coalesce(review.contains_spoilers, false))";
// What few threads have is looked up for each row, by its keys: where the planner could, it would hash whole tables for
// one page.
inline constexpr std::string_view thread_joins = R"(
  left join users author on author.id = t.author_id
  left join users last_author on last_author.id = t.last_post_author_id
  left join lateral (select f.id, f.slug, f.title, f.year from thread_solutions s join films f on f.id = s.film_id
                     where s.thread_id = t.id limit 1) solved_film on true
  left join lateral (
    select film_id, member_id, contains_spoilers from reviews
    where t.kind = 'review' and thread_id = t.id limit 1) review on true
  left join lateral (
    select score from ratings where film_id = review.film_id and member_id = review.member_id limit 1) given on true)";

// Reads what thread_columns selects, without the films.
ThreadView read_thread(RowReader& row);

// One statement for all of them.
void add_films(Transaction& transaction, std::vector<ThreadView>& threads);

}  // namespace foyer::persistence
