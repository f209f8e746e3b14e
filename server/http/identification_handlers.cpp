// /api/v1/threads/{id}/identification, solution and proposals.
#include "protocol/codec.hpp"
#include "server/forum/film_identification.hpp"
#include "server/forum/film_proposals.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"
#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

using forum::Actor;
using persistence::Transaction;

Result<std::string> get_identification(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto found = call.services.database.snapshot([&](Transaction& transaction) {
    return forum::read_identification(transaction, call.id<ThreadId>(), call.site.public_url);
  });
  return found ? Result<std::string>(codec::encode(*found)) : found.error();
}

Result<Written> put_solution(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<SolveThreadRequest> request = codec::decode_solve_thread(*json);
  if (!request) {
    return request.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::solve_thread(transaction, actor, call.id<ThreadId>(), *request);
  }));
}

Result<Written> delete_solution(const Call& call) {
  const Result<void> empty = no_fields(call.request);
  if (!empty) {
    return empty.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::withdraw_solution(transaction, actor, call.id<ThreadId>());
  }));
}

Result<Written> post_proposal(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<ProposeFilmRequest> request = codec::decode_propose_film(*json);
  if (!request) {
    return request.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::propose_film(transaction, actor, call.id<ThreadId>(), *request);
  }));
}

using Decide = Result<forum::Changed<ThreadView>> (*)(Transaction&, const Actor&, ThreadId, FilmId);

// The film's id is the last segment of the path.
template <Decide decide>
Result<Written> decide_proposal(const Call& call) {
  const Result<void> empty = no_fields(call.request);
  if (!empty) {
    return empty.error();
  }
  const auto film = integer_from_text(call.path.name);
  if (!film || *film < 1) {
    return refused(ErrorCode::not_found, "There is no such film.");
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return decide(transaction, actor, call.id<ThreadId>(), FilmId{*film});
  }));
}

}  // namespace

std::vector<Route> identification_routes() {
  constexpr auto programs = Audience::programs;
  return {
      {Method::get, "/api/v1/threads/{id}/identification", programs, &get_identification},
      {Method::put, "/api/v1/threads/{id}/solution", programs, &put_solution},
      {Method::remove, "/api/v1/threads/{id}/solution", programs, &delete_solution},
      {Method::post, "/api/v1/threads/{id}/proposals", programs, &post_proposal},
      {Method::put, "/api/v1/threads/{id}/proposals/{name}", programs, &decide_proposal<forum::confirm_proposal>},
      {Method::remove, "/api/v1/threads/{id}/proposals/{name}", programs, &decide_proposal<forum::reject_proposal>}};
}

}  // namespace foyer::http
