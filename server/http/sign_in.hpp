// Registering, logging in and out, for the API and the forms alike. Each waits for a password worker and for the
// database in turn. I/O thread.
#pragma once

#include "protocol/requests.hpp"
#include "server/forum/accounts.hpp"
#include "server/http/call.hpp"
#include "server/runtime/task.hpp"

namespace foyer::http {

runtime::Task<Result<forum::SignedIn>> register_member(CallPointer call, RegisterRequest request);
// The session that the browser had before ends.
runtime::Task<Result<forum::SignedIn>> log_in(CallPointer call, LoginRequest request);
// Without a session there is nothing to do.
runtime::Task<Result<void>> log_out(CallPointer call);

void give_session(const Call& call, const forum::SignedIn& signed_in, Response& response);
void take_session_away(const Call& call, Response& response);

}  // namespace foyer::http
