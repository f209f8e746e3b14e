#include "server/http/sign_in.hpp"

#include "server/forum/password.hpp"
#include "server/http/jobs.hpp"

namespace foyer::http {

runtime::Task<Result<forum::SignedIn>> register_member(CallPointer call, RegisterRequest request) {
  const Result<forum::Registration> registration = forum::check_registration(request);
  if (!registration) {
    co_return registration.error();
  }
  RateRules rates(call->services.rate_limiter);
  const auto too_many = rates.refuse_registration(call->request.client_address);
  if (too_many) {
    co_return *too_many;
  }
  auto hash_job = [password = registration->password]() -> Result<std::string> {
    return forum::hash_password(password);
  };
  const Result<std::string> hash = co_await runtime::on_worker(call->services.password_worker, std::move(hash_job));
  if (!hash) {
    co_return hash.error();
  }
  auto job = [call, registration = *registration, hash = *hash] {
    return forum::create_account(call->services.database, registration, hash);
  };
  Result<forum::SignedIn> signed_in = co_await write_in_database(call, std::move(job));
  co_return signed_in;
}

runtime::Task<Result<forum::SignedIn>> log_in(CallPointer call, LoginRequest request) {
  RateRules rates(call->services.rate_limiter);
  const auto too_many = rates.refuse_login(request.login, call->request.client_address);
  if (too_many) {
    co_return *too_many;
  }
  auto find_job = [call, request]() -> Result<forum::Credentials> {
    return forum::find_credentials(call->services.database, request);
  };
  const Result<forum::Credentials> credentials = co_await in_database(call, std::move(find_job));
  if (!credentials) {
    co_return credentials.error();
  }
  auto check_job = [credentials = *credentials, password = request.password] {
    return forum::check_credentials(credentials, password);
  };
  const Result<UserView> user = co_await runtime::on_worker(call->services.password_worker, std::move(check_job));
  if (!user) {
    co_return user.error();
  }
  auto open_job = [call, user = *user] {
    if (!call->proof.session_token.empty()) {
      forum::close_session(call->services.database, call->proof.session_token);
    }
    return forum::open_session(call->services.database, user);
  };
  Result<forum::SignedIn> signed_in = co_await write_in_database(call, std::move(open_job));
  co_return signed_in;
}

runtime::Task<Result<void>> log_out(CallPointer call) {
  if (call->proof.session_token.empty()) {
    co_return Result<void>();
  }
  auto job = [call]() -> Result<void> {
    forum::close_session(call->services.database, call->proof.session_token);
    return {};
  };
  const Result<void> done = co_await write_in_database(call, std::move(job));
  co_return done;
}

void give_session(const Call& call, const forum::SignedIn& signed_in, Response& response) {
  response.add("Set-Cookie", session_cookie(call.site.transport, signed_in.session_token));
}

void take_session_away(const Call& call, Response& response) {
  response.add("Set-Cookie", ended_session_cookie(call.site.transport));
}

}  // namespace foyer::http
