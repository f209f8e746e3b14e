#include "server/http/discussion_pages.hpp"

#include "protocol/limits.hpp"
#include "server/forum/feeds.hpp"
#include "server/forum/film_identification.hpp"
#include "server/forum/films.hpp"
#include "server/forum/marks.hpp"
#include "server/forum/ratings.hpp"
#include "server/forum/reactions.hpp"
#include "server/forum/reviews.hpp"
#include "server/forum/threads.hpp"
#include "server/http/related_renewals.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

bool asked_with_slug(const PageVisit& visit, const std::string& slug) {
  const Request& request = visit.call().request;
  return request.method == Method::post || visit.call().path.slug == slug;
}

struct FilmContent {
  FilmView film;
  forum::FilmThreads threads;
  forum::NewestReviews reviews;
  std::optional<forum::ThreadPageContent> comments;
};

Result<FilmContent> read_content(Transaction& transaction, FilmId id) {
  auto film = forum::read_film(transaction, id);
  if (!film) {
    return film.error();
  }
  auto threads = forum::read_film_threads(transaction, id);
  if (!threads) {
    return threads.error();
  }
  FilmContent content{std::move(*film), std::move(*threads), forum::read_newest_reviews(transaction, id), std::nullopt};
  if (const auto thread = forum::find_comments(transaction, id)) {
    auto comments = forum::read_thread_page(transaction, thread->id, 0);
    if (!comments) {
      return comments.error();
    }
    content.comments = std::move(*comments);
  }
  return content;
}

// As it is kept, or read now.
Result<std::shared_ptr<const KeptContent>> content_of(PageVisit& visit, std::int64_t page_number) {
  if (visit.content()) {
    return visit.content();
  }
  const ThreadId thread = visit.call().id<ThreadId>();
  Identification identification;
  auto read = visit.database().snapshot([&](Transaction& transaction) {
    auto page = forum::read_thread_page(transaction, thread, page_number);
    if (page) {
      identification = forum::read_identification(transaction, thread, visit.call().site.public_url).value();
    }
    return page;
  });
  if (!read) {
    return read.error();
  }
  if (read->thread.kind != ThreadKind::comments) {
    read->rail.related = similar_threads(visit.database(), read->thread);
  }
  const ShownVersion shown{{ChannelKind::thread, read->thread.id.value}, read->thread.last_seq.value};
  visit.note_shown(shown.channel, shown.version);
  auto content = std::make_shared<const KeptContent>(KeptContent{std::move(*read), {shown}, std::move(identification)});
  visit.set_content(content);
  return content;
}

// Read for each viewer, beside what is kept for all; where nobody has liked anything there is nothing to read.
std::vector<PostId> liked_by_viewer(PageVisit& visit, const std::vector<PostView>& posts) {
  std::vector<PostId> liked = forum::possibly_liked(visit.actor(), posts);
  if (liked.empty()) {
    return liked;
  }
  return visit.database().read(
      [&](Transaction& transaction) { return forum::find_liked(transaction, visit.actor(), liked); });
}

// Search engines are guests, so that only these pages say the words again.
std::vector<std::string> words_for_guests(const PageVisit& visit, const forum::ThreadPageContent& content) {
  return visit.actor().guest() ? forum::uncovered_words(content.thread, content.posts) : std::vector<std::string>();
}

// What the viewer thinks of the film: rating, marks, review. One that its author deleted is gone.
void add_own_opinion(PageVisit& visit, pages::FilmPage& page) {
  if (visit.actor().guest()) {
    return;
  }
  page.reviewed.own = visit.database().snapshot([&](Transaction& transaction) -> std::optional<ThreadView> {
    page.own_score = forum::read_own_rating(transaction, visit.actor(), page.film.id).value().score;
    page.own_marks = forum::read_own_marks(transaction, visit.actor(), page.film.id);
    const auto review = forum::read_own_review(transaction, visit.actor(), page.film.id);
    page.reviewed.own_removed = review && review->post.state == PostState::removed;
    return review ? std::optional(review->thread) : std::nullopt;
  });
}

}  // namespace

Response thread_response(PageVisit& visit, std::int64_t page_number, const Composed& composed) {
  const auto kept = content_of(visit, page_number);
  if (!kept) {
    return visit.refuse(kept.error());
  }
  const forum::ThreadPageContent& content = (*kept)->content;
  if (!asked_with_slug(visit, content.thread.slug)) {
    return visit.moved(pages::address_of(content.thread));
  }
  const pages::ThreadPage page{.thread = content.thread,
                               .posts = content.posts,
                               .page_number = content.page_number,
                               .page_count = content.page_count,
                               .quoted = content.quoted,
                               .liked = liked_by_viewer(visit, content.posts),
                               .scores = content.scores,
                               .rail = content.rail,
                               .form = composed.form,
                               .draft = composed.draft,
                               .reply_to = composed.reply_to,
                               .identification = (*kept)->identification,
                               .named_film = composed.named_film,
                               .uncovered_words = words_for_guests(visit, content)};
  return visit.page(pages::thread_page(visit.context(), page));
}

Response film_response(PageVisit& visit, const Composed& composed) {
  auto content = visit.database().snapshot(
      [&](Transaction& transaction) { return read_content(transaction, visit.call().id<FilmId>()); });
  if (!content) {
    return visit.refuse(content.error());
  }
  if (!asked_with_slug(visit, content->film.slug)) {
    return visit.moved(pages::address_of(content->film));
  }
  visit.call().services.complete_related(content->film.id, content->threads);
  pages::FilmPage page;
  page.film = std::move(content->film);
  page.linked = std::move(content->threads.linked);
  page.related = std::move(content->threads.related);
  // They are not the film's own: only their channels tell that a text that is shown here was removed.
  for (const RelatedThreadView& related : page.related) {
    visit.note_shown({ChannelKind::thread, related.thread.id.value}, related.thread.last_seq.value);
  }
  if (content->comments) {
    const ThreadView& thread = content->comments->thread;
    visit.note_shown({ChannelKind::thread, thread.id.value}, thread.last_seq.value);
    std::vector<PostId> liked = liked_by_viewer(visit, content->comments->posts);
    page.comments = {std::move(content->comments->thread), std::move(content->comments->posts),
                     std::move(content->comments->quoted), std::move(liked),
                     content->comments->page_number,       std::move(content->comments->scores)};
  }
  page.reviewed.newest = std::move(content->reviews.items);
  page.reviewed.count = content->reviews.count;
  add_own_opinion(visit, page);
  page.form = composed.form;
  page.draft = composed.draft;
  page.reply_to = composed.reply_to;
  return visit.page(pages::film_page(visit.context(), page));
}

std::int64_t page_of(PostNumber number) { return (number.value - 1) / limits::posts_per_page + 1; }

std::string post_address(const ThreadView& thread, PostNumber number) {
  return pages::address_of_page(thread, page_of(number)) + "#post-" + std::to_string(number.value);
}

}  // namespace foyer::http
