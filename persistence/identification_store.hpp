// Threads that look for a film, and films that are proposed for threads. Whoever writes here holds the thread's lock
// (locks.hpp), so that what was read before still holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/identification.hpp"

namespace foyer::persistence {

void insert_clues(Transaction& transaction, ThreadId thread, const FilmClues& clues);
std::optional<FilmClues> find_clues(Transaction& transaction, ThreadId thread);

struct Solution {
  FilmId film;
  PostNumber post;
  bool made_link = false;  // the thread was not linked to the film before
  friend bool operator==(const Solution&, const Solution&) = default;
};
std::optional<Solution> find_solution(Transaction& transaction, ThreadId thread);
// Takes the place of the one before.
void put_solution(Transaction& transaction, ThreadId thread, const Solution& solution);
void delete_solution(Transaction& transaction, ThreadId thread);

// The visible answers among the newest `among` posts of the thread whose Markdown may link to a film, in their order.
struct AnswerText {
  PostNumber number;
  std::string body;
};
std::vector<AnswerText> list_answers_with_links(Transaction& transaction, ThreadId thread, int among);

// Oldest first.
std::vector<FilmProposal> list_proposals(Transaction& transaction, ThreadId thread);
std::int64_t count_proposals(Transaction& transaction, ThreadId thread);
std::optional<UserView> find_proposer(Transaction& transaction, ThreadId thread, FilmId film);
// False when the film is proposed already.
bool insert_proposal(Transaction& transaction, ThreadId thread, FilmId film, UserId proposer);
// False when it is not proposed.
bool delete_proposal(Transaction& transaction, ThreadId thread, FilmId film);

}  // namespace foyer::persistence
