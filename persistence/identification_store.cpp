#include "persistence/identification_store.hpp"

#include "persistence/film_rows.hpp"
#include "protocol/film_colours.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement insert_clues_row{"insert_clues", R"(
  insert into thread_clues (thread_id, decade, country, colour, language, scene) values ($1, $2, $3, $4, $5, $6))"};

// Clues are a part of what the asker wrote first, and go with it.
constexpr Statement clues_of_thread{"clues_of_thread", R"(
  select decade, country, colour, language, scene from thread_clues
  where thread_id = $1
    and exists (select from posts where thread_id = $1 and number = 1 and state = 'visible'))"};

constexpr Statement solution_of_thread{"solution_of_thread", R"(
  select film_id, post_number, made_link from thread_solutions where thread_id = $1)"};

constexpr Statement upsert_solution{"upsert_solution", R"(
  insert into thread_solutions (thread_id, film_id, post_number, made_link) values ($1, $2, $3, $4)
  on conflict (thread_id) do update
  set film_id = excluded.film_id, post_number = excluded.post_number, made_link = excluded.made_link, at = now())"};

constexpr Statement withdraw_solution{"withdraw_solution", "delete from thread_solutions where thread_id = $1"};

constexpr Statement mark_solved{"mark_solved", "update threads set solved = $2 where id = $1 and solved <> $2"};

constexpr Statement answers_with_links{"answers_with_links", R"(
  select number, body
  from (select number, state, body from posts where thread_id = $1 and number > 1 order by number desc limit $2) newest
  where state = 'visible' and body like '%/films/%' order by number)"};

constexpr Statement proposals_of_thread{"proposals_of_thread", R"(
  select f.id, f.slug, f.title, f.year, u.id, u.name, u.role, p.at
  from film_proposals p join films f on f.id = p.film_id join users u on u.id = p.proposer_id
  where p.thread_id = $1 order by p.at, p.film_id)"};

constexpr Statement number_of_proposals{"number_of_proposals",
                                        "select count(*) from film_proposals where thread_id = $1"};

constexpr Statement proposer_of_film{"proposer_of_film", R"(
  select u.id, u.name, u.role from film_proposals p join users u on u.id = p.proposer_id
  where p.thread_id = $1 and p.film_id = $2)"};

constexpr Statement insert_proposal_row{"insert_proposal", R"(
  insert into film_proposals (thread_id, film_id, proposer_id) values ($1, $2, $3) on conflict do nothing)"};

constexpr Statement delete_proposal_row{"delete_proposal",
                                        "delete from film_proposals where thread_id = $1 and film_id = $2"};

}  // namespace

void insert_clues(Transaction& transaction, ThreadId thread, const FilmClues& clues) {
  execute(transaction, insert_clues_row, thread, clues.decade, clues.country, clues.colour, clues.language,
          clues.scene);
}

std::optional<FilmClues> find_clues(Transaction& transaction, ThreadId thread) {
  const pqxx::result rows = execute(transaction, clues_of_thread, thread);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return FilmClues{.decade = row.next<std::optional<int>>(),
                   .country = row.next<std::string>(),
                   .colour = film_colour_from_word(row.next<std::string>()).value(),
                   .language = row.next<std::string>(),
                   .scene = row.next<std::string>()};
}

std::optional<Solution> find_solution(Transaction& transaction, ThreadId thread) {
  const pqxx::result rows = execute(transaction, solution_of_thread, thread);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return Solution{.film = row.next<FilmId>(), .post = row.next<PostNumber>(), .made_link = row.next<bool>()};
}

void put_solution(Transaction& transaction, ThreadId thread, const Solution& solution) {
  execute(transaction, upsert_solution, thread, solution.film, solution.post, solution.made_link);
  execute(transaction, mark_solved, thread, true);
}

void delete_solution(Transaction& transaction, ThreadId thread) {
  execute(transaction, withdraw_solution, thread);
  execute(transaction, mark_solved, thread, false);
}

std::vector<AnswerText> list_answers_with_links(Transaction& transaction, ThreadId thread, int among) {
  std::vector<AnswerText> answers;
  for (const pqxx::row& columns : execute(transaction, answers_with_links, thread, among)) {
    RowReader row{columns};
    answers.push_back({.number = row.next<PostNumber>(), .body = row.next<std::string>()});
  }
  return answers;
}

std::vector<FilmProposal> list_proposals(Transaction& transaction, ThreadId thread) {
  std::vector<FilmProposal> proposals;
  for (const pqxx::row& columns : execute(transaction, proposals_of_thread, thread)) {
    RowReader row{columns};
    proposals.push_back({.film = read_film_link(row), .proposer = read_user(row), .at = row.next<Timestamp>()});
  }
  return proposals;
}

std::int64_t count_proposals(Transaction& transaction, ThreadId thread) {
  return RowReader{execute(transaction, number_of_proposals, thread)[0]}.next<std::int64_t>();
}

std::optional<UserView> find_proposer(Transaction& transaction, ThreadId thread, FilmId film) {
  const pqxx::result rows = execute(transaction, proposer_of_film, thread, film);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return read_user(row);
}

bool insert_proposal(Transaction& transaction, ThreadId thread, FilmId film, UserId proposer) {
  return execute(transaction, insert_proposal_row, thread, film, proposer).affected_rows() > 0;
}

bool delete_proposal(Transaction& transaction, ThreadId thread, FilmId film) {
  return execute(transaction, delete_proposal_row, thread, film).affected_rows() > 0;
}

}  // namespace foyer::persistence
