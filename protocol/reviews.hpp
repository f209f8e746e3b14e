// Reviews of films. Values like those of views.hpp.
#pragma once

#include <string>

#include "protocol/views.hpp"

namespace foyer {

struct ReviewView {     // a thread of kind review, as a film's page and list of reviews show it
  ThreadView thread;    // with score and contains_spoilers
  std::string excerpt;  // plain text, cut at a word; "" when it contains spoilers or was removed
  friend bool operator==(const ReviewView&, const ReviewView&) = default;
};

struct OwnReviewView {  // answer to writing one
  ThreadView thread;
  PostView post;  // the first of the thread: the review's text
  RatingView rating;
  friend bool operator==(const OwnReviewView&, const OwnReviewView&) = default;
};

}  // namespace foyer
