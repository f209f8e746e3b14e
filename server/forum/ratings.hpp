// Members' ratings of films: one per member and film, from 1 to 10 half stars.
#pragma once

#include "persistence/transaction.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// invalid with the field "score" unless it is from 1 to 10.
Result<int> checked_score(int score);

// The score of the member's review of the film follows: its thread has news of it.
// Giving the same score twice is a success without news.
Result<Changed<OwnRatingView>> rate_film(persistence::Transaction& transaction, const Actor& actor, FilmId film,
                                         const RateRequest& request);
// Without a rating it is a success without news.
Result<Changed<OwnRatingView>> withdraw_rating(persistence::Transaction& transaction, const Actor& actor, FilmId film);
// unauthenticated for guests.
Result<OwnRatingView> read_own_rating(persistence::Transaction& transaction, const Actor& actor, FilmId film);

}  // namespace foyer::forum
