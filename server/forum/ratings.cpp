#include "server/forum/ratings.hpp"

#include "persistence/film_store.hpp"
#include "persistence/locks.hpp"
#include "persistence/rating_store.hpp"
#include "persistence/review_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/thread_news.hpp"

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

// Threads are locked before anything of theirs is changed: the review's, whose score this is.
std::optional<ThreadId> lock_own_review(Transaction& transaction, const Actor& actor, FilmId film) {
  persistence::lock_review(transaction, film, actor.user->id);
  const auto review = persistence::find_review(transaction, film, actor.user->id);
  if (!review) {
    return std::nullopt;
  }
  persistence::lock_thread(transaction, review->thread);
  return review->thread;
}

Changed<OwnRatingView> rated(Transaction& transaction, const Actor& actor, FilmId film, bool changed,
                             std::optional<ThreadId> review) {
  Changed<OwnRatingView> rating{own_rating(transaction, actor, film), {}};
  if (changed && review) {
    rating.news = thread_news(transaction, *review, {});
  } else if (changed) {
    rating.news.snapshots.push_back(Channel{ChannelKind::film, film.value});
  }
  return rating;
}

}  // namespace

Result<int> checked_score(int score) {
  if (score < limits::lowest_score || score > limits::highest_score) {
    return invalid_field("score", "out_of_range", "Must be from 1 to 10.");
  }
  return score;
}

Result<Changed<OwnRatingView>> rate_film(Transaction& transaction, const Actor& actor, FilmId film,
                                         const RateRequest& request) {
  if (const auto score = checked_score(request.score); !score) {
    return score.error();
  }
  if (auto allowed = may_rate(transaction, actor, film); !allowed) {
    return allowed.error();
  }
  const auto review = lock_own_review(transaction, actor, film);
  return rated(transaction, actor, film, persistence::put_rating(transaction, film, actor.user->id, request.score),
               review);
}

Result<Changed<OwnRatingView>> withdraw_rating(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_rate(transaction, actor, film); !allowed) {
    return allowed.error();
  }
  const auto review = lock_own_review(transaction, actor, film);
  return rated(transaction, actor, film, persistence::delete_rating(transaction, film, actor.user->id), review);
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
