// Database work of handlers: a plain function as one job on a worker, and the look-up of who asks. A database
// that is away is a refusal, never an exception.
#pragma once

#include <type_traits>
#include <utility>

#include "protocol/codec.hpp"
#include "server/forum/guarded.hpp"
#include "server/forum/threads.hpp"
#include "server/http/call.hpp"
#include "server/http/rate_rules.hpp"
#include "server/http/router.hpp"
#include "server/runtime/on_worker.hpp"

namespace foyer::http {

// The job owns all it uses; capture the CallPointer. Jobs that write have workers of their own: while they wait for
// each other, for a lock or for the disk, readers are served.
template <class Job>
auto in_database(const CallPointer& call, Job job) {
  auto& workers = call->searches ? call->services.search_workers : call->services.read_workers;
  return runtime::on_worker(workers, forum::guarded(std::move(job)));
}
template <class Job>
auto write_in_database(const CallPointer& call, Job job) {
  return runtime::on_worker(call->services.write_workers, forum::guarded(std::move(job)));
}

// Who asks. Without a cookie or token it is a guest and the database is not asked. On a worker.
Result<forum::Actor> identify_caller(const Call& call);

// The same, in one look-up for all who ask meanwhile. On the I/O thread.
runtime::Task<Result<forum::Actor>> identify_together(CallPointer call);

// Runs use(transaction, actor) in one transaction with the look-up of who asks. On a worker.
template <class Use>
auto write_as_caller(const Call& call, Use use) {
  using Value = std::invoke_result_t<Use&, persistence::Transaction&, const forum::Actor&>;  // a Result
  return call.services.database.write([&](persistence::Transaction& transaction) -> Value {
    const Result<forum::Actor> actor = forum::identify(transaction, call.proof);
    return actor ? use(transaction, *actor) : Value(actor.error());
  });
}
template <class Use>
auto read_as_caller(const Call& call, Use use) {
  using Value = std::invoke_result_t<Use&, persistence::Transaction&, const forum::Actor&>;
  return call.services.database.read([&](persistence::Transaction& transaction) -> Value {
    const Result<forum::Actor> actor = forum::identify(transaction, call.proof);
    return actor ? use(transaction, *actor) : Value(actor.error());
  });
}

// The answer of a change: what it made, and its news.
template <class View>
Result<Written> written(Result<forum::Changed<View>> changed) {
  if (!changed) {
    return changed.error();
  }
  return Written{200, codec::encode(changed->view), {}, std::move(changed->news)};
}

// Who writes, for calls that only members may make: unauthenticated for guests, rate_limited when too fast.
// On the I/O thread.
runtime::Task<Result<UserId>> admit_writer(CallPointer call);

}  // namespace foyer::http
