// Reviews as a film's page and its list of reviews show them, and the score of one.
#pragma once

#include <optional>
#include <vector>

#include "protocol/reviews.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

// "★★★½ 7 of 10": the stars for the eye, the words for everybody. The client writes the same
// (web-client/src/review_score.ts).
void write_score(Html& html, std::optional<int> score);
// <ol class="review-list">: title, author, score, and what each begins with; a review that contains spoilers says so
// in its place. Nothing for an empty list.
void write_review_list(Html& html, const std::vector<ReviewView>& reviews);

struct ReviewedBy {
  std::vector<ReviewView> newest;
  std::int64_t count = 0;              // of all
  std::optional<ThreadView> own = {};  // the viewer's
  bool own_removed = false;            // by a moderator: it cannot be changed
};
// The part of a film's page.
void write_reviewed_by(Html& html, const FilmView& film, const ReviewedBy& reviewed);

}  // namespace foyer::pages
