// Members' ratings of films. The counts per film follow by themselves (0010_ratings.sql).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/ids.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

// False when the member gave this score already. The film exists; the score is from 1 to 10.
bool put_rating(Transaction& transaction, FilmId film, UserId member, int score);
// False when there was none.
bool delete_rating(Transaction& transaction, FilmId film, UserId member);

// Empty without ratings.
std::optional<double> average_of(std::int64_t total, std::int64_t count);

RatingView find_rating(Transaction& transaction, FilmId film);
std::optional<int> find_rating_of(Transaction& transaction, FilmId film, UserId member);

// Of those among these members who rated it.
std::map<UserId, int> find_ratings_of(Transaction& transaction, FilmId film, const std::vector<UserId>& members);

}  // namespace foyer::persistence
