#include "server/http/posting.hpp"

#include "persistence/post_writer.hpp"
#include "server/forum/posts.hpp"
#include "server/http/jobs.hpp"

namespace foyer::http {

namespace {

runtime::Task<Result<persistence::NewPost>> prepared(CallPointer call, forum::Actor actor, PreparePost prepare) {
  if (prepare.pure && call->request.body.size() <= limits::post_inline_bytes) {
    co_return prepare.run(*call, actor);
  }
  auto job = [call, prepare, actor = std::move(actor)] { return prepare.run(*call, actor); };
  Result<persistence::NewPost> post = co_await in_database(call, std::move(job));
  co_return post;
}

}  // namespace

runtime::Task<Result<Posted>> submit_post(CallPointer call, PreparePost prepare) {
  if (call->anonymous()) {
    co_return refused(ErrorCode::unauthenticated, "Log in first.");
  }
  const auto answer_by = std::chrono::steady_clock::now() + limits::post_answer_time;
  Result<forum::Actor> actor = co_await identify_together(call);
  if (!actor) {
    co_return actor.error();
  }
  Result<persistence::NewPost> post = co_await prepared(call, std::move(*actor), prepare);
  if (!post) {
    co_return post.error();
  }
  RateRules rates(call->services.rate_limiter);
  const auto too_fast = rates.refuse_write_of(post->author.id);
  if (too_fast) {
    co_return *too_fast;
  }
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(answer_by - std::chrono::steady_clock::now());
  if (left <= std::chrono::milliseconds(0)) {
    co_return runtime::worker_unavailable();  // not written, so that this is certain
  }
  auto submit = [&writer = call->services.post_writer, post = std::move(*post)](auto callback) mutable {
    if (const Result<void> taken = writer.submit(std::move(post), callback); !taken) {
      callback(Result<Posted>(taken.error()));
    }
  };
  Result<Posted> late = forum::outcome_unknown();
  Result<Posted> posted =
      co_await runtime::await_callback_within<Result<Posted>>(left, std::move(late), std::move(submit));
  co_return posted;
}

Result<persistence::NewPost> reply_to_thread(const Call& call, const forum::Actor& actor, const PostRequest& request,
                                             const std::string& key) {
  return forum::prepare_post(actor, call.id<ThreadId>(), request, key);
}

Result<persistence::NewPost> comment_on_film(const Call& call, const forum::Actor& actor, const PostRequest& request,
                                             const std::string& key) {
  // In one transaction, so that a refused first comment leaves no empty thread behind.
  return call.services.database.write([&](persistence::Transaction& transaction) -> Result<persistence::NewPost> {
    const Result<ThreadId> thread = forum::comments_thread_for(transaction, actor, call.id<FilmId>());
    if (!thread) {
      return thread.error();
    }
    return forum::prepare_post(actor, *thread, request, key);
  });
}

}  // namespace foyer::http
