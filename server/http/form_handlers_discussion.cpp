// The forms that start a thread, reply, comment, rate a film, lock and unlock.
#include <algorithm>

#include "protocol/limits.hpp"
#include "server/forum/film_lookup.hpp"
#include "server/forum/ratings.hpp"
#include "server/forum/threads.hpp"
#include "server/http/discussion_pages.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/new_thread_form.hpp"
#include "server/http/posting.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;
template <PlacePost place>
Result<persistence::NewPost> prepare_from_form(const Call& call, const forum::Actor& actor) {
  const Result<Pairs> fields = form_fields(call.request);
  if (!fields) {
    return fields.error();
  }
  const Result<PostRequest> request = post_request(*fields);
  if (!request) {
    return request.error();
  }
  return place(call, actor, *request, first_value(*fields, "key"));
}

// The film that was named beside the text becomes a link at its end. With JavaScript it stands in the text already.
Result<PostRequest> request_with_film(const Call& call, const Pairs& fields) {
  Result<PostRequest> request = post_request(fields);
  if (!request) {
    return request;
  }
  const std::string named = first_value(fields, "named_film");
  const auto film = call.services.database.read(
      [&](Transaction& transaction) { return forum::look_up_film(transaction, named, call.site.public_url); });
  if (!film) {
    return invalid_field("named_film", "not_found",
                         "No single film is called that. Use the address of the film's page.");
  }
  request->body += (request->body.empty() ? "" : "\n\n") + forum::markdown_link(*film);
  return request;
}

Result<persistence::NewPost> prepare_naming_film(const Call& call, const forum::Actor& actor) {
  const Result<Pairs> fields = form_fields(call.request);
  if (!fields) {
    return fields.error();
  }
  const Result<PostRequest> request = request_with_film(call, *fields);
  if (!request) {
    return request.error();
  }
  return reply_to_thread(call, actor, *request, first_value(*fields, "key"));
}

bool names_film(const Request& request) { return !first_value(readable_fields(request), "named_film").empty(); }

Composed composed_again(const Request& request, const pages::FormState& form) {
  const Pairs fields = readable_fields(request);
  const auto post = post_request(fields);
  return Composed{form, first_value(fields, "body"), post ? post->reply_to : std::nullopt,
                  first_value(fields, "named_film")};
}

Response reply_again(PageVisit& visit, const pages::FormState& form) {
  return thread_response(visit, 0, composed_again(visit.call().request, form));
}

Response comment_again(PageVisit& visit, const pages::FormState& form) {
  return film_response(visit, composed_again(visit.call().request, form));
}

// A page below this folder, as its form named it; a wrong slug is put right by the page itself.
std::string place_of(const Call& call, std::string_view folder) {
  const std::string id = std::string(folder) + std::to_string(call.path.id);
  return call.path.slug.empty() ? id : id + "-" + encode_component(call.path.slug);
}

runtime::Task<Response> take_reply(CallPointer call) {
  if (asks_for_preview(call->request)) {
    Response shown = co_await show_preview(call, &reply_again);
    co_return shown;
  }
  PreparePost prepare{&prepare_from_form<reply_to_thread>, is_pure(&reply_to_thread)};
  if (names_film(call->request)) {
    prepare = PreparePost{&prepare_naming_film, false};
  }
  const Result<Posted> posted = co_await submit_post(call, prepare);
  if (!posted) {
    Response again = co_await show_again(call, posted.error(), &reply_again);
    co_return again;
  }
  const PostNumber number = posted->post.number;
  const std::string page = page_of(number) > 1 ? "?page=" + std::to_string(page_of(number)) : std::string();
  co_return see_other(place_of(*call, "/threads/") + page + "#post-" + std::to_string(number.value));
}

runtime::Task<Response> take_comment(CallPointer call) {
  if (asks_for_preview(call->request)) {
    Response shown = co_await show_preview(call, &comment_again);
    co_return shown;
  }
  constexpr PreparePost prepare{&prepare_from_form<comment_on_film>, is_pure(&comment_on_film)};
  const Result<Posted> posted = co_await submit_post(call, prepare);
  if (!posted) {
    Response again = co_await show_again(call, posted.error(), &comment_again);
    co_return again;
  }
  co_return see_other(place_of(*call, "/films/") + "#post-" + std::to_string(posted->post.number.value));
}

// What is no score is one that the use case refuses.
RateRequest rate_request(const Pairs& fields) {
  const std::int64_t score = integer_from_text(first_value(fields, "score")).value_or(0);
  return {static_cast<int>(std::clamp<std::int64_t>(score, limits::lowest_score - 1, limits::highest_score + 1))};
}

// Back to the film. The button Remove sends `withdraw`, whatever score is chosen.
FormDone take_rating(PageVisit& visit) {
  const Result<Pairs> fields = form_fields(visit.call().request);
  if (!fields) {
    return {visit.refuse(fields.error()), {}};
  }
  auto rated = visit.database().write([&](Transaction& transaction) {
    const FilmId film = visit.call().id<FilmId>();
    return first_value(*fields, "withdraw").empty()
               ? forum::rate_film(transaction, visit.actor(), film, rate_request(*fields))
               : forum::withdraw_rating(transaction, visit.actor(), film);
  });
  if (!rated) {
    return {visit.refuse(rated.error()), {}};
  }
  return {see_other(place_of(visit.call(), "/films/") + "#rating"), std::move(rated->news)};
}

template <bool locked>
FormDone take_lock(PageVisit& visit) {
  ChangeThreadRequest request;
  request.locked = locked;
  auto changed = visit.database().write([&](Transaction& transaction) {
    return forum::change_thread(transaction, visit.actor(), visit.call().id<ThreadId>(), request);
  });
  if (!changed) {
    return {visit.refuse(changed.error()), {}};
  }
  return {see_other(pages::address_of(changed->view)), std::move(changed->news)};
}

}  // namespace

std::vector<Route> discussion_form_routes() {
  constexpr auto people = Audience::people;
  return {{Method::post, "/threads", people, &take_thread},
          {Method::post, "/threads/{id}-{slug}/posts", people, &take_reply},
          {Method::post, "/films/{id}-{slug}/comments", people, &take_comment},
          {Method::post, "/films/{id}-{slug}/rating", people, &take_rating},
          {Method::post, "/threads/{id}-{slug}/lock", people, &take_lock<true>},
          {Method::post, "/threads/{id}-{slug}/unlock", people, &take_lock<false>}};
}

}  // namespace foyer::http
