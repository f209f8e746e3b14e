#include "server/http/page_cache.hpp"

namespace foyer::http {

std::size_t FinishedPage::bytes() const {
  std::size_t sum = unchanged_fields->size() + tag.size();
  for (const Form& form : {identity, brotli, gzip}) {
    sum += form.fields->size() + form.body->size();
  }
  return sum;
}

std::size_t KeptContent::bytes() const {
  // Of a few rows beside the page, whose words are short.
  std::size_t sum =
      sizeof *this + (content.rail.other_threads.size() + content.rail.related.size()) * 2 * sizeof(ThreadView);
  sum += content.scores.size() * 8 * sizeof(int);
  sum += identification.answers.size() * 2 * sizeof(FilmAnswer) +
         identification.proposals.size() * 2 * sizeof(FilmProposal);
  sum += identification.clues ? identification.clues->scene.size() : 0;
  for (const auto* posts : {&content.posts, &content.quoted}) {
    for (const PostView& post : *posts) {
      sum += sizeof post + post.author.name.size() + post.body.value_or("").size() + post.html.value_or("").size();
    }
  }
  return sum;
}

}  // namespace foyer::http
