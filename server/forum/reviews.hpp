// Members' reviews of films: one per member and film, a thread of kind review whose first post is the text. Its score
// is the member's rating of the film. A review that contains spoilers shows nothing of its text uncovered.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/reviews.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/cursor.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// The title of a review that was given none: "Review of " and the film's.
std::string review_title_of(const FilmLink& film);

struct WrittenReview {
  Changed<OwnReviewView> changed;
  bool made = false;  // else it was there and was changed, or stays as it was
};
// Makes the actor's review of the film or changes it to what the request says; what is so already makes no news. A
// review whose text its author deleted is gone: a new one begins another thread. invalid, unauthenticated, not_found;
// locked, forbidden or conflict where the text may not be edited any more.
Result<WrittenReview> write_review(persistence::Transaction& transaction, const Actor& actor, FilmId film,
                                   const ReviewRequest& request);

// unauthenticated for guests, not_found when there is none.
Result<OwnReviewView> read_own_review(persistence::Transaction& transaction, const Actor& actor, FilmId film);

// Newest first, those whose text is visible.
Result<ListView<ReviewView>> list_reviews(persistence::Transaction& transaction, FilmId film, const ListRequest& list);

struct NewestReviews {  // what stands on a film's page
  std::vector<ReviewView> items;
  std::int64_t count = 0;  // of all, at most limits::counted_films and one more
};
// The newest, at most so many, with their excerpts.
std::vector<ReviewView> read_reviews(persistence::Transaction& transaction, FilmId film, int most);
// None of a film that does not exist.
NewestReviews read_newest_reviews(persistence::Transaction& transaction, FilmId film);

}  // namespace foyer::forum
