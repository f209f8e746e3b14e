// /api/v1/users, /session, /tokens.
#include "protocol/codec.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"
#include "server/http/problem.hpp"
#include "server/http/query_fields.hpp"
#include "server/http/sign_in.hpp"

namespace foyer::http {
namespace {

using forum::Actor;
using persistence::Transaction;

runtime::Task<Response> post_user(CallPointer call) {
  const auto json = json_body(call->request);
  if (!json) {
    co_return problem(json.error());
  }
  const Result<RegisterRequest> request = codec::decode_register(*json);
  if (!request) {
    co_return problem(request.error());
  }
  const Result<forum::SignedIn> signed_in = co_await register_member(call, *request);
  if (!signed_in) {
    co_return problem(signed_in.error());
  }
  Response response = json_response(201, codec::encode_user_answer(signed_in->user));
  response.add("Location", "/api/v1/users/" + encode_component(signed_in->user.name));
  give_session(*call, *signed_in, response);
  co_return response;
}

runtime::Task<Response> post_session(CallPointer call) {
  const auto json = json_body(call->request);
  if (!json) {
    co_return problem(json.error());
  }
  const Result<LoginRequest> request = codec::decode_login(*json);
  if (!request) {
    co_return problem(request.error());
  }
  const Result<forum::SignedIn> signed_in = co_await log_in(call, *request);
  if (!signed_in) {
    co_return problem(signed_in.error());
  }
  Response response = json_response(200, codec::encode_user_answer(signed_in->user));
  give_session(*call, *signed_in, response);
  co_return response;
}

runtime::Task<Response> delete_session(CallPointer call) {
  const Result<void> done = co_await log_out(call);
  if (!done) {
    co_return problem(done.error());
  }
  Response response = empty_response(204);
  take_session_away(*call, response);
  co_return response;
}

Result<std::string> get_session(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const Result<Actor> actor = identify_caller(call);
  return actor ? Result<std::string>(codec::encode_user_answer(actor->user)) : actor.error();
}

Result<Written> post_token(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<CreateTokenRequest> request = codec::decode_create_token(*json);
  if (!request) {
    return request.error();
  }
  const Result<TokenView> token = write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::create_token(transaction, actor, *request);
  });
  if (!token) {
    return token.error();
  }
  return Written{201, codec::encode(*token), "/api/v1/tokens/" + std::to_string(token->id.value), {}};
}

Result<std::string> get_tokens(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto tokens = read_as_caller(
      call, [](Transaction& transaction, const Actor& actor) { return forum::list_tokens(transaction, actor); });
  return tokens ? Result<std::string>(codec::encode(*tokens)) : tokens.error();
}

Result<Written> delete_token(const Call& call) {
  const Result<void> gone = write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::delete_token(transaction, actor, call.id<TokenId>());
  });
  return gone ? Result<Written>(Written{204, {}, {}, {}}) : gone.error();
}

Result<std::string> get_user(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto profile = call.services.database.read(
      [&](Transaction& transaction) { return forum::read_profile(transaction, call.path.name); });
  return profile ? Result<std::string>(codec::encode(*profile)) : profile.error();
}

Result<std::string> get_posts_of_user(const Call& call) {
  QueryFields query(call.query);
  const forum::ListRequest list = query.list();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto posts = call.services.database.read(
      [&](Transaction& transaction) { return forum::list_posts_of(transaction, call.path.name, list); });
  return posts ? Result<std::string>(codec::encode(*posts)) : posts.error();
}

}  // namespace

std::vector<Route> account_routes() {
  constexpr auto programs = Audience::programs;
  return {{Method::post, "/api/v1/users", programs, &post_user},
          {Method::post, "/api/v1/session", programs, &post_session},
          {Method::remove, "/api/v1/session", programs, &delete_session},
          {Method::get, "/api/v1/session", programs, &get_session},
          {Method::post, "/api/v1/tokens", programs, &post_token},
          {Method::get, "/api/v1/tokens", programs, &get_tokens},
          {Method::remove, "/api/v1/tokens/{id}", programs, &delete_token},
          {Method::get, "/api/v1/users/{name}", programs, &get_user},
          {Method::get, "/api/v1/users/{name}/posts", programs, &get_posts_of_user}};
}

}  // namespace foyer::http
