// /api/v1/…/posts, …/comments, /posts/{id}, its reactions and /preview.
#include "protocol/codec.hpp"
#include "server/forum/posts.hpp"
#include "server/forum/reactions.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"
#include "server/http/posting.hpp"
#include "server/http/problem.hpp"
#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

using forum::Actor;
using persistence::Transaction;

template <PlacePost place>
Result<persistence::NewPost> prepare_from_json(const Call& call, const forum::Actor& actor) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<PostRequest> request = codec::decode_post(*json);
  if (!request) {
    return request.error();
  }
  const Result<std::string> key = idempotency_key(call.request);
  if (!key) {
    return key.error();
  }
  return place(call, actor, *request, *key);
}

template <PlacePost place>
runtime::Task<Response> post_post(CallPointer call) {
  constexpr PreparePost prepare{&prepare_from_json<place>, is_pure(place)};
  const Result<Posted> posted = co_await submit_post(call, prepare);
  if (!posted) {
    co_return problem(posted.error());
  }
  Response response = json_response(201, codec::encode(*posted));
  response.add("Location", "/api/v1/posts/" + std::to_string(posted->post.id.value));
  co_return response;
}

Result<std::string> get_posts(const PublicQuestion& question) {
  QueryFields query(question.query);
  const PostNumber after{query.integer("after", 0, INT64_MAX).value_or(0)};
  const int limit = query.limit();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto posts = question.database.snapshot([&](Transaction& transaction) {
    return forum::read_posts(transaction, ThreadId{question.path.id}, after, limit);
  });
  return posts ? Result<std::string>(codec::encode(*posts)) : posts.error();
}

// Apart from the posts, which are the same for everybody.
Result<std::string> get_own_likes(const Call& call) {
  QueryFields query(call.query);
  const PostNumber after{query.integer("after", 0, INT64_MAX).value_or(0)};
  const int limit = query.limit();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto liked = read_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::read_own_likes(transaction, actor, call.id<ThreadId>(), after, limit);
  });
  return liked ? Result<std::string>(codec::encode_likes(*liked)) : liked.error();
}

Result<std::string> get_post(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto post = call.services.database.read(
      [&](Transaction& transaction) { return forum::read_post(transaction, call.id<PostId>()); });
  return post ? Result<std::string>(codec::encode(*post)) : post.error();
}

Result<Written> patch_post(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<EditPostRequest> request = codec::decode_edit_post(*json);
  if (!request) {
    return request.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::edit_post(transaction, actor, call.id<PostId>(), *request);
  }));
}

Result<Written> delete_post(const Call& call) {
  const Result<void> empty = no_fields(call.request);
  if (!empty) {
    return empty.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::delete_post(transaction, actor, call.id<PostId>());
  }));
}

using ChangeReaction = Result<forum::Changed<PostView>> (*)(Transaction&, const Actor&, PostId, const std::string&);

template <ChangeReaction change>
Result<Written> change_reaction(const Call& call) {
  const Result<void> empty = no_fields(call.request);
  if (!empty) {
    return empty.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return change(transaction, actor, call.id<PostId>(), call.path.name);
  }));
}

Result<std::string> get_history(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  auto revisions = read_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::read_history(transaction, actor, call.id<PostId>());
  });
  if (!revisions) {
    return revisions.error();
  }
  return codec::encode(ListView<RevisionView>{std::move(*revisions), std::nullopt});
}

// Not a write, so it costs a member nothing of what they may post; its address has a bound.
runtime::Task<Response> post_preview(CallPointer call) {
  auto job = [call]() -> Result<std::string> {
    const auto json = json_body(call->request);
    if (!json) {
      return json.error();
    }
    const Result<PreviewRequest> request = codec::decode_preview(*json);
    if (!request) {
      return request.error();
    }
    const Result<Actor> actor = identify_caller(*call);
    return actor ? forum::preview(*actor, *request) : actor.error();
  };
  const Result<std::string> html = co_await in_database(call, std::move(job));
  if (!html) {
    co_return problem(html.error());
  }
  co_return json_response(200, codec::encode_html(*html));
}

}  // namespace

std::vector<Route> post_routes() {
  constexpr auto programs = Audience::programs;
  return {{Method::get, "/api/v1/threads/{id}/posts", programs, &get_posts},
          {Method::get, "/api/v1/threads/{id}/likes", programs, &get_own_likes},
          {Method::post, "/api/v1/threads/{id}/posts", programs, &post_post<reply_to_thread>},
          {Method::post, "/api/v1/films/{id}/comments", programs, &post_post<comment_on_film>},
          {Method::get, "/api/v1/posts/{id}", programs, &get_post},
          {Method::patch, "/api/v1/posts/{id}", programs, &patch_post},
          {Method::remove, "/api/v1/posts/{id}", programs, &delete_post},
          {Method::get, "/api/v1/posts/{id}/history", programs, &get_history},
          {Method::put, "/api/v1/posts/{id}/reactions/{name}", programs, &change_reaction<forum::add_reaction>},
          {Method::remove, "/api/v1/posts/{id}/reactions/{name}", programs, &change_reaction<forum::remove_reaction>},
          {Method::post, "/api/v1/preview", programs, &post_preview}};
}

}  // namespace foyer::http
