#include "server/pages/reviews.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "protocol/excerpt.hpp"
#include "protocol/limits.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/thread_row.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_link(Html& html, const ThreadView& thread, Literal words) {
  html << "<a";
  html.attribute("href", Address(address_of(thread))) << ">" << words << "</a>";
}

void write_excerpt(Html& html, const ReviewView& review) {
  if (review.thread.contains_spoilers) {
    html << "<p class=\"snippet\">This review tells what happens. ";
    write_link(html, review.thread, "Read the review");
    html << "</p>";
  } else if (!review.excerpt.empty()) {
    html << "<p class=\"snippet\" dir=\"auto\">" << review.excerpt << "</p>";
  }
}

void write_review(Html& html, const ReviewView& review) {
  const auto& thread = review.thread;
  const auto [shown, digest] = excerpt_of(review);
  html << "<li class=\"review\"";
  html.attribute("data-excerpt", std::to_string(shown.value) + ":" + digest) << "><p class=\"row-title\">";
  write_thread_link(html, thread);
  html << "</p><p class=\"meta\">";
  if (thread.author) {
    html << "<a";
    html.attribute("href", Address(address_of_member(thread.author->name))) << ">" << thread.author->name << "</a>";
  }
  if (thread.score) {
    html << " · ";
    write_score(html, thread.score);
  }
  html << "</p>";
  write_excerpt(html, review);
  html << "</li>\n";
}

}  // namespace

void write_score(Html& html, std::optional<int> score) {
  html << "<span class=\"score\">";
  if (score) {
    std::string stars;
    for (int star = 0; star < *score / 2; ++star) stars += "★";
    if (*score % 2 == 1) stars += "½";
    html << "<span aria-hidden=\"true\">" << stars << "</span> " << *score << " of " << limits::highest_score;
  }
  html << "</span>";
}

void write_review_list(Html& html, const std::vector<ReviewView>& reviews) {
  if (reviews.empty()) return;
  html << "<ol class=\"review-list\">\n";
  for (const auto& review : reviews) write_review(html, review);
  html << "</ol>\n";
}

void write_reviewed_by(Html& html, const FilmView& film, const ReviewedBy& reviewed) {
  html << "<section class=\"section\" aria-labelledby=\"reviews\">\n<h2 id=\"reviews\">Reviewed by</h2>\n";
  if (reviewed.newest.empty()) html << "<p class=\"empty\">Nobody has reviewed this film yet.</p>\n";
  write_review_list(html, reviewed.newest);
  const FilmLink link{film.id, film.slug, film.title, film.year};
  if (std::cmp_greater(reviewed.count, reviewed.newest.size())) {
    html << "<p><a";
    html.attribute("href", Address(address_of_reviews(link))) << ">All ";
    if (reviewed.count <= limits::counted_films) html << reviewed.count << " ";
    html << "reviews</a></p>\n";
  }
  html << "<p class=\"page-actions\">";
  if (reviewed.own && reviewed.own_removed) {
    write_link(html, *reviewed.own, "Your review");
    html << " was removed by a moderator.";
  } else if (reviewed.own) {
    write_link(html, *reviewed.own, "Your review");
    html << " · <a";
    html.attribute("href", Address(address_of_review_form(link))) << ">Change it</a>";
  } else {
    html << "<a class=\"button\"";
    html.attribute("href", Address(address_of_review_form(link))) << ">Write a review</a>";
  }
  ThreadId newest;
  for (const auto& review : reviewed.newest) newest = std::max(newest, review.thread.id);
  write_offer_of_new(html, "reviews", address_of(film), newest);
  html << "</p>\n</section>\n";
}

}  // namespace foyer::pages
