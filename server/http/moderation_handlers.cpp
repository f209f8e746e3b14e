// /api/v1/posts/{id}/remove, /restore and /reach, /users/{name}/sanctions, /moderation/log.
#include "protocol/codec.hpp"
#include "server/forum/moderation.hpp"
#include "server/forum/sanctions.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"
#include "server/http/problem.hpp"
#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

using forum::Actor;
using persistence::Transaction;

Result<Written> remove_post(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<RemovePostRequest> request = codec::decode_remove_post(*json);
  if (!request) {
    return request.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::remove_post(transaction, actor, call.id<PostId>(), *request);
  }));
}

Result<Written> restore_post(const Call& call) {
  const Result<void> empty = no_fields(call.request);
  if (!empty) {
    return empty.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::restore_post(transaction, actor, call.id<PostId>());
  }));
}

// Zeros for a removal that the running nodes do not remember.
runtime::Task<Response> get_reach(CallPointer call) {
  auto job = [call]() -> Result<void> {
    const Result<void> plain = no_parameters(call->query);
    if (!plain) {
      return plain.error();
    }
    return read_as_caller(*call, [&](Transaction& transaction, const Actor& actor) {
      return forum::may_read_reach(transaction, actor, call->id<PostId>());
    });
  };
  const Result<void> allowed = co_await in_database(call, std::move(job));
  if (!allowed) {
    co_return problem(allowed.error());
  }
  const ReachView reach = call->services.reach(call->id<PostId>()).value_or(ReachView{});
  co_return json_response(200, codec::encode(reach));
}

Result<Written> post_sanction(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<SanctionRequest> request = codec::decode_sanction(*json);
  if (!request) {
    return request.error();
  }
  const auto done = write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::sanction_member(transaction, actor, call.path.name, *request);
  });
  return done ? Result<Written>(Written{200, codec::encode(*done), {}, {}}) : done.error();
}

Result<std::string> get_log(const Call& call) {
  QueryFields query(call.query);
  const forum::ListRequest list = query.list();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto entries = read_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::read_moderation_log(transaction, actor, list);
  });
  return entries ? Result<std::string>(codec::encode(*entries)) : entries.error();
}

}  // namespace

std::vector<Route> moderation_routes() {
  constexpr auto programs = Audience::programs;
  return {{Method::post, "/api/v1/posts/{id}/remove", programs, &remove_post},
          {Method::post, "/api/v1/posts/{id}/restore", programs, &restore_post},
          {Method::get, "/api/v1/posts/{id}/reach", programs, &get_reach},
          {Method::post, "/api/v1/users/{name}/sanctions", programs, &post_sanction},
          {Method::get, "/api/v1/moderation/log", programs, &get_log}};
}

}  // namespace foyer::http
