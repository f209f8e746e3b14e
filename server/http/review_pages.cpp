// The reviews of a film as pages, and the form that writes one's own.
#include "server/pages/review_pages.hpp"

#include <algorithm>

#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/ratings.hpp"
#include "server/forum/reviews.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

FilmLink link_of(const FilmView& film) { return {film.id, film.slug, film.title, film.year}; }

Response reviews(PageVisit& visit) {
  const std::string after = visit.query("after");
  const forum::ListRequest list{after.empty() ? std::nullopt : std::optional(after), limits::reviews_per_page};
  const FilmId id = visit.call().id<FilmId>();
  auto page = visit.database().snapshot([&](Transaction& transaction) -> Result<pages::ReviewListPage> {
    const auto film = forum::read_film(transaction, id);
    if (!film) {
      return film.error();
    }
    auto found = forum::list_reviews(transaction, id, list);
    if (!found) {
      return found.error();
    }
    return pages::ReviewListPage{link_of(*film), std::move(*found), {}};
  });
  if (!page) {
    return visit.refuse(page.error());
  }
  const std::string address = pages::address_of_reviews(page->film);
  if (visit.call().path.slug != page->film.slug) {
    return visit.moved(address);
  }
  if (page->reviews.next) {
    page->next_address = address + "?after=" + encode_component(*page->reviews.next);
  }
  return visit.page(pages::review_list_page(visit.context(), *page));
}

// A new one, or what the viewer has written. The score is the rating that they have given already.
Result<pages::ReviewFormPage> read_form(Transaction& transaction, const forum::Actor& actor, FilmId id) {
  const auto film = forum::read_film(transaction, id);
  if (!film) {
    return film.error();
  }
  const auto rating = forum::read_own_rating(transaction, actor, id);
  if (!rating) {
    return rating.error();
  }
  pages::ReviewFormPage page;
  page.film = link_of(*film);
  page.score = rating->score;
  if (const auto own = forum::read_own_review(transaction, actor, id)) {
    page.own = own->thread;
    page.title = own->thread.title == forum::review_title_of(page.film) ? "" : own->thread.title;
    page.body = own->post.body.value_or("");
    page.contains_spoilers = own->thread.contains_spoilers;
  }
  return page;
}

bool removed_by_moderator(Transaction& transaction, const forum::Actor& actor, FilmId film) {
  const auto own = forum::read_own_review(transaction, actor, film);
  return own && own->post.state == PostState::removed;
}

Response form(PageVisit& visit) {
  const FilmId film = visit.call().id<FilmId>();
  const auto page = visit.database().snapshot([&](Transaction& transaction) -> Result<pages::ReviewFormPage> {
    if (removed_by_moderator(transaction, visit.actor(), film)) {
      return refused(ErrorCode::conflict, "A moderator removed your review of this film: it cannot be changed.");
    }
    return read_form(transaction, visit.actor(), film);
  });
  if (!page) {
    return visit.refuse(page.error());
  }
  if (visit.call().path.slug != page->film.slug) {
    return visit.moved(pages::address_of_review_form(page->film));
  }
  return visit.page(pages::review_form_page(visit.context(), *page));
}

std::optional<int> score_in(const Pairs& fields) {
  const auto score = integer_from_text(first_value(fields, "score"));
  return score ? std::optional(static_cast<int>(
                     std::clamp<std::int64_t>(*score, limits::lowest_score - 1, limits::highest_score + 1)))
               : std::nullopt;
}

Response form_with_text(PageVisit& visit, const pages::FormState& state) {
  auto page = visit.database().snapshot(
      [&](Transaction& transaction) { return read_form(transaction, visit.actor(), visit.call().id<FilmId>()); });
  if (!page) {
    return visit.refuse(page.error());
  }
  const Pairs fields = readable_fields(visit.call().request);
  page->title = first_value(fields, "title");
  page->body = first_value(fields, "body");
  page->score = score_in(fields);
  page->contains_spoilers = first_value(fields, "contains_spoilers") == "1";
  page->form = state;
  return visit.page(pages::review_form_page(visit.context(), *page));
}

FormDone take_review(PageVisit& visit) {
  if (auto shown = preview_of(visit, &form_with_text)) {
    return {std::move(*shown), {}};
  }
  const Result<Pairs> fields = form_fields(visit.call().request);
  if (!fields) {
    return {form_again(visit, fields.error(), &form_with_text), {}};
  }
  const ReviewRequest request{.title = first_value(*fields, "title"),
                              .body = first_value(*fields, "body"),
                              .score = score_in(*fields).value_or(0),
                              .contains_spoilers = first_value(*fields, "contains_spoilers") == "1"};
  auto review = write_form(visit, [&](Transaction& transaction) {
    return forum::write_review(transaction, visit.actor(), visit.call().id<FilmId>(), request);
  });
  if (!review) {
    return {form_again(visit, review.error(), &form_with_text), {}};
  }
  return {see_other(pages::address_of(review->changed.view.thread)), std::move(review->changed.news)};
}

}  // namespace

std::vector<Route> review_page_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/films/{id}-{slug}/reviews", people, &reviews},
          {Method::get, "/films/{id}-{slug}/review", people, &form},
          {Method::post, "/films/{id}-{slug}/review", people, &take_review}};
}

}  // namespace foyer::http
