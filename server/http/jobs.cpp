#include "server/http/jobs.hpp"

namespace foyer::http {

Result<forum::Actor> identify_caller(const Call& call) {
  if (call.anonymous()) {
    return forum::Actor{};
  }
  return call.services.database.read(
      [&](persistence::Transaction& transaction) { return forum::identify(transaction, call.proof); });
}

runtime::Task<Result<forum::Actor>> identify_together(CallPointer call) {
  auto ask = [call](const auto& callback) { call->services.identify(call->proof, callback); };
  // A look-up may wait for the one that is under way; together they take no longer than a job of its own.
  return runtime::await_callback_within<Result<forum::Actor>>(call->services.read_workers.answer_time(),
                                                              runtime::worker_unavailable(), std::move(ask));
}

runtime::Task<Result<UserId>> admit_writer(CallPointer call) {
  if (call->anonymous()) {
    co_return refused(ErrorCode::unauthenticated, "Log in first.");
  }
  auto job = [call] { return identify_caller(*call); };
  const Result<forum::Actor> actor = co_await in_database(call, std::move(job));
  if (!actor) {
    co_return actor.error();
  }
  if (actor->guest()) {
    co_return refused(ErrorCode::unauthenticated, "Your session has ended. Log in again.");
  }
  const UserId writer = actor->user->id;
  RateRules rates(call->services.rate_limiter);
  const auto too_fast = rates.refuse_write_of(writer);
  if (too_fast) {
    co_return *too_fast;
  }
  co_return writer;
}

}  // namespace foyer::http
