// Reviews: which threads are reviews of which film, and by whom (0013_reviews.sql).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/ids.hpp"
#include "protocol/reviews.hpp"

namespace foyer::persistence {

struct ReviewRow {
  ThreadId thread;
  bool contains_spoilers = false;
};
std::optional<ReviewRow> find_review(Transaction& transaction, FilmId film, UserId member);

// The member has no review of the film; whoever asks first holds lock_review (locks.hpp).
void insert_review(Transaction& transaction, ThreadId thread, FilmId film, UserId member, bool contains_spoilers);
void update_review(Transaction& transaction, ThreadId thread, bool contains_spoilers);
// The thread stays.
void delete_review(Transaction& transaction, ThreadId thread);

struct ReviewPage {
  std::vector<ReviewView> items;
  std::optional<std::int64_t> next;
};
// Newest first, only those whose text is visible. `excerpt` is the whole Markdown of the first post, "" when it
// contains spoilers: server/forum cuts it.
ReviewPage list_reviews(Transaction& transaction, FilmId film, const std::optional<std::int64_t>& after, int limit);
// How many such a list holds, at most `most`.
std::int64_t count_reviews(Transaction& transaction, FilmId film, int most);

}  // namespace foyer::persistence
