// Runs a plain function as one job on a database worker and awaits it. A database that is away is a refusal,
// never an exception.
#pragma once

#include <utility>

#include "server/forum/guarded.hpp"
#include "server/http/call.hpp"
#include "server/http/rate_rules.hpp"
#include "server/runtime/on_worker.hpp"

namespace foyer::http {

// The job owns all it uses; capture the CallPointer.
template <class Job>
auto in_database(const CallPointer& call, Job job) {
  return runtime::on_worker(call->services.workers, forum::guarded(std::move(job)));
}

// Who writes, for calls that only members may make: unauthenticated for guests, rate_limited when too fast.
runtime::Task<Result<UserId>> admit_writer(CallPointer call);

}  // namespace foyer::http
