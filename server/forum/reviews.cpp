#include "server/forum/reviews.hpp"

#include <utility>

#include "persistence/film_store.hpp"
#include "persistence/post_lookup.hpp"
#include "persistence/rating_store.hpp"
#include "persistence/review_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

// The store gives the whole first post: only Markdown read to its end tells what a spoiler hides.
void cut_excerpts(std::vector<ReviewView>& reviews) {
  for (ReviewView& review : reviews) {
    review.excerpt =
        review.thread.contains_spoilers ? "" : plain_snippet(review.excerpt, limits::review_excerpt_characters);
  }
}

}  // namespace

Result<OwnReviewView> read_own_review(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_read_own(actor); !allowed) {
    return allowed.error();
  }
  if (!persistence::find_film_link(transaction, film)) {
    return no_such_film();
  }
  const auto review = persistence::find_review(transaction, film, actor.user->id);
  const auto text = review ? persistence::find_posts_by_number(transaction, review->thread, {PostNumber{1}})
                           : std::vector<persistence::PostRow>{};
  if (text.empty() || text.front().state == PostState::deleted) {
    return refused(ErrorCode::not_found, "You have not reviewed this film.");
  }
  return OwnReviewView{persistence::find_thread(transaction, review->thread).value(), public_view(text.front()),
                       persistence::find_rating(transaction, film)};
}

Result<ListView<ReviewView>> list_reviews(Transaction& transaction, FilmId film, const ListRequest& list) {
  if (!persistence::find_film_link(transaction, film)) {
    return no_such_film();
  }
  const auto after = number_position(list.after);
  if (!after) {
    return after.error();
  }
  persistence::ReviewPage page = persistence::list_reviews(transaction, film, *after, list.limit);
  cut_excerpts(page.items);
  return ListView<ReviewView>{std::move(page.items), page.next ? std::optional(to_cursor(*page.next)) : std::nullopt};
}

std::vector<ReviewView> read_reviews(Transaction& transaction, FilmId film, int most) {
  persistence::ReviewPage page = persistence::list_reviews(transaction, film, std::nullopt, most);
  cut_excerpts(page.items);
  return std::move(page.items);
}

NewestReviews read_newest_reviews(Transaction& transaction, FilmId film) {
  persistence::ReviewPage page = persistence::list_reviews(transaction, film, std::nullopt, limits::reviews_on_film);
  cut_excerpts(page.items);
  const auto shown = static_cast<std::int64_t>(page.items.size());
  return {std::move(page.items),
          page.next ? persistence::count_reviews(transaction, film, limits::counted_films + 1) : shown};
}

}  // namespace foyer::forum
