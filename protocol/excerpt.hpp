// A part of another thread's text that a film's page shows: which thread, and what it says at present as a digest, by
// which open pages notice that it was changed or removed.
#pragma once

#include <string>

#include "protocol/reviews.hpp"
#include "protocol/views.hpp"

namespace foyer {

struct Excerpt {
  ThreadId thread;
  std::string digest;  // 16 hexadecimal digits; of nothing where the text may not be shown
  friend bool operator==(const Excerpt&, const Excerpt&) = default;
};

Excerpt excerpt_of(const ReviewView& review);
Excerpt excerpt_of(const RelatedThreadView& related);

}  // namespace foyer
