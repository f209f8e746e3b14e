#include "server/forum/ratings.hpp"

#include "persistence/film_store.hpp"
#include "persistence/rating_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

Result<void> may_rate(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed;
  }
  return persistence::find_film_link(transaction, film) ? Result<void>() : Result<void>(no_such_film());
}

OwnRatingView own_rating(Transaction& transaction, const Actor& actor, FilmId film) {
  return {persistence::find_rating_of(transaction, film, actor.user->id), persistence::find_rating(transaction, film)};
}

Changed<OwnRatingView> rated(Transaction& transaction, const Actor& actor, FilmId film, bool changed) {
  Changed<OwnRatingView> rating{own_rating(transaction, actor, film), {}};
  if (changed) {
    rating.news.snapshots.push_back(Channel{ChannelKind::film, film.value});
  }
  return rating;
}

}  // namespace

Result<Changed<OwnRatingView>> rate_film(Transaction& transaction, const Actor& actor, FilmId film,
                                         const RateRequest& request) {
  if (request.score < limits::lowest_score || request.score > limits::highest_score) {
    return invalid_field("score", "out_of_range", "Must be from 1 to 10.");
  }
  if (auto allowed = may_rate(transaction, actor, film); !allowed) {
    return allowed.error();
  }
  return rated(transaction, actor, film, persistence::put_rating(transaction, film, actor.user->id, request.score));
}

Result<Changed<OwnRatingView>> withdraw_rating(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_rate(transaction, actor, film); !allowed) {
    return allowed.error();
  }
  return rated(transaction, actor, film, persistence::delete_rating(transaction, film, actor.user->id));
}

Result<OwnRatingView> read_own_rating(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_read_own(actor); !allowed) {
    return allowed.error();
  }
  if (!persistence::find_film_link(transaction, film)) {
    return no_such_film();
  }
  return own_rating(transaction, actor, film);
}

}  // namespace foyer::forum
