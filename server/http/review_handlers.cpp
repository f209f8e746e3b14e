// /api/v1/films/{id}/reviews and one's own /review.
#include "protocol/codec.hpp"
#include "server/forum/reviews.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"
#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

using forum::Actor;
using persistence::Transaction;

Result<std::string> get_reviews(const Call& call) {
  QueryFields query(call.query);
  const forum::ListRequest list = query.list();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto reviews = call.services.database.snapshot(
      [&](Transaction& transaction) { return forum::list_reviews(transaction, call.id<FilmId>(), list); });
  return reviews ? Result<std::string>(codec::encode(*reviews)) : reviews.error();
}

Result<std::string> get_own_review(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto review = read_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::read_own_review(transaction, actor, call.id<FilmId>());
  });
  return review ? Result<std::string>(codec::encode(*review)) : review.error();
}

Result<Written> put_review(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<ReviewRequest> request = codec::decode_review(*json);
  if (!request) {
    return request.error();
  }
  auto review = write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::write_review(transaction, actor, call.id<FilmId>(), *request);
  });
  if (!review) {
    return review.error();
  }
  auto& [view, news] = review->changed;
  Written written{review->made ? 201 : 200, codec::encode(view), {}, std::move(news)};
  if (review->made) {
    written.location = "/api/v1/threads/" + std::to_string(view.thread.id.value);
  }
  return written;
}

}  // namespace

std::vector<Route> review_routes() {
  constexpr auto programs = Audience::programs;
  return {{Method::get, "/api/v1/films/{id}/reviews", programs, &get_reviews},
          {Method::get, "/api/v1/films/{id}/review", programs, &get_own_review},
          {Method::put, "/api/v1/films/{id}/review", programs, &put_review}};
}

}  // namespace foyer::http
