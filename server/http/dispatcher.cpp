#include "server/http/dispatcher.hpp"

#include <algorithm>
#include <array>

#include <prometheus/gauge.h>

#include "server/http/auth.hpp"
#include "server/http/conditional.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/problem.hpp"
#include "server/http/query_fields.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::http {
namespace {

constexpr std::string_view no_route = "(none)";

bool is_safe(Method method) { return method == Method::get || method == Method::head || method == Method::options; }

bool is_for_programs(const Request& request) {
  constexpr std::array<std::string_view, 5> roots{"/api/", "/assets/", "/live", "/healthz", "/readyz"};
  return std::ranges::any_of(roots, [&](std::string_view root) { return request.path.starts_with(root); }) ||
         (!is_safe(request.method) && request.media_type() == "application/json");
}

const Router::Found* found_route(const Router::Match& match) { return std::get_if<Router::Found>(&match); }

Audience audience_of(const Request& request, const Router::Match& match) {
  const bool programs =
      is_for_programs(request) || (found_route(match) && found_route(match)->route->audience == Audience::programs);
  return programs ? Audience::programs : Audience::people;
}

Response refuse(const Call& call, Audience audience, const Error& error) {
  return audience == Audience::programs ? problem(error) : refuse_to_guest(call, error);
}

// A wrong token is refused also where a guest may read.
Result<void> check_token(const Call& call) {
  if (!call.proof.bearer_token.empty()) {
    const Result<forum::Actor> known = identify_caller(call);
    if (!known) {
      return known.error();
    }
  }
  return {};
}

// The functions below wait for one job each.
runtime::Task<Response> read_json(CallPointer call, ReadJson read) {
  auto job = [call, read]() -> Result<std::string> {
    const Result<void> known = check_token(*call);
    return known ? read(*call) : known.error();
  };
  Result<std::string> json = co_await in_database(call, std::move(job));
  if (!json) {
    co_return problem(json.error());
  }
  co_return json_response(200, std::move(*json));
}

// On behalf of all who wait for the answer: it goes on when the one who asked first is gone, and always ends.
runtime::Task<> read_for_all(CallPointer call, ReadShared read, SharedReads::Done done) {
  auto job = [call, read] { return read({call->services.database, call->path, call->query}); };
  Result<std::string> json = refused(ErrorCode::internal, "Something went wrong on our side.");
  try {
    json = co_await in_database(call, std::move(job));
  } catch (const std::exception& failure) {
    runtime::log(runtime::LogLevel::error, "shared read failed", {{"what", std::string_view(failure.what())}});
  }
  done(json);
}

runtime::Task<Response> read_shared(CallPointer call, ReadShared read, SharedReads& reads) {
  if (!call->proof.bearer_token.empty()) {
    auto job = [call] { return check_token(*call); };
    const Result<void> known = co_await in_database(call, std::move(job));
    if (!known) {
      co_return problem(known.error());
    }
  }
  const auto executor = co_await boost::asio::this_coro::executor;
  auto ask = [call, read, &reads, executor](const auto& callback) {
    const auto begin = [call, read, executor](SharedReads::Done done) {
      runtime::spawn(executor, "shared read", read_for_all(call, read, std::move(done)));
    };
    reads.ask(call->request.target(), begin, callback);
  };
  Result<std::string> json = co_await runtime::await_callback<Result<std::string>>(std::move(ask));
  if (!json) {
    co_return problem(json.error());
  }
  co_return json_response(200, std::move(*json));
}

runtime::Task<Response> write_json(CallPointer call, WriteJson write) {
  const Result<UserId> writer = co_await admit_writer(call);
  if (!writer) {
    co_return problem(writer.error());
  }
  auto job = [call, write]() -> Result<Written> {
    const Result<void> plain = no_parameters(call->query);
    return plain ? write(*call) : plain.error();
  };
  Result<Written> written = co_await write_in_database(call, std::move(job));
  if (!written) {
    co_return problem(written.error());
  }
  call->services.publish(std::move(written->news));
  Response response = json_response(written->status, std::move(written->json));
  if (written->status == 204) {
    response = empty_response(204);
  }
  if (!written->location.empty()) {
    response.add("Location", std::move(written->location));
  }
  co_return response;
}

runtime::Task<Response> take_form(CallPointer call, TakeForm take) {
  const Result<UserId> writer = co_await admit_writer(call);
  if (!writer) {
    PageVisit visit(*call);
    co_return keep_text(visit, writer.error());
  }
  auto job = [call, take]() -> Result<FormDone> {
    PageVisit visit(*call);
    const Result<void> known = visit.identify();
    if (!known) {
      return FormDone{keep_text(visit, known.error()), {}};
    }
    return take(visit);
  };
  Result<FormDone> done = co_await write_in_database(call, std::move(job));
  if (!done) {
    co_return refuse_to_guest(*call, done.error());
  }
  call->services.publish(std::move(done->news));
  co_return std::move(done->response);
}

Response nothing_there(PageVisit& visit) { return visit.refuse(not_found()); }

// Starts the coroutine that fits the kind of handler.
struct Start {
  const CallPointer& call;
  SharedReads& shared_reads;
  GuestPages& guest_pages;
  MemberThreads& member_threads;
  const Route& route;

  runtime::Task<Response> operator()(ReadJson read) const { return read_json(call, read); }
  runtime::Task<Response> operator()(ReadShared read) const { return read_shared(call, read, shared_reads); }
  runtime::Task<Response> operator()(WriteJson write) const { return write_json(call, write); }
  runtime::Task<Response> operator()(ShowPage show) const {
    if (guest_pages.shares(*call, route)) {
      return guest_pages.show(call, route, show);
    }
    return member_threads.shows(*call, route) ? member_threads.show(call, show) : show_page(call, show);
  }
  runtime::Task<Response> operator()(TakeForm take) const { return take_form(call, take); }
  runtime::Task<Response> operator()(AnswerLater answer) const { return answer(call); }
  runtime::Task<Response> operator()(AnswerNow answer) const { return at_once(call, answer); }

  static runtime::Task<Response> at_once(CallPointer call, AnswerNow answer) { co_return answer(*call); }
};

}  // namespace

Dispatcher::Dispatcher(const Site& site, const HttpServices& services, const Router& router)
    : site_(site),
      services_(services),
      router_(router),
      rates_(services.rate_limiter),
      record_(services.metrics),
      guest_pages_(site, services),
      member_threads_(services) {
  auto& waiting = services.metrics.gauge("foyer_shared_reads_waiting", "Requests that wait for a read they may share");
  auto& shared =
      services.metrics.gauge("foyer_shared_reads_saved", "Requests answered by another one's read since start");
  services.metrics.before_collection([this, &waiting, &shared] {
    waiting.Set(static_cast<double>(shared_reads_.waiting()));
    shared.Set(static_cast<double>(shared_reads_.shared()));
  });
}

runtime::Task<Response> Dispatcher::answer(Request request, LateAnswer& late) {
  const auto start = std::chrono::steady_clock::now();
  if (std::optional<GuestPages::Ready> ready = guest_pages_.find(request)) {
    record_.note(request, ready->pattern, ready->response.status, std::chrono::steady_clock::now() - start);
    co_return std::move(ready->response);
  }
  const Router::Match match = router_.match(request.method, request.path);
  const Router::Found* found = found_route(match);
  auto call = std::make_shared<Call>(Call{site_, services_, std::move(request), {}, {}, {}});
  call->proof = proof_of(call->request.headers, site_.transport);
  if (found) {
    call->path = found->values;
  }
  Response response;
  auto query = decode_pairs(call->request.query);
  const Audience audience = audience_of(call->request, match);
  late = [this, call, audience](const Error& error) {
    Response refusal = refuse(*call, audience, error);
    finish(*call, audience, refusal);
    return refusal;
  };
  if (query) {
    call->query = std::move(*query);
    call->searches = (found && found->route->costly) || !first_value(call->query, "q").empty();
    response = co_await run_guarded(call, match);
  } else {
    response = refuse(*call, audience, query.error());
  }
  finish(*call, audience, response);
  record_.note(call->request, found ? found->route->pattern : no_route, response.status,
               std::chrono::steady_clock::now() - start);
  co_return response;
}

runtime::Task<Response> Dispatcher::run_guarded(CallPointer call, const Router::Match& match) {
  std::string what;
  try {
    Response response = co_await route(call, match);
    co_return response;
  } catch (const std::exception& failure) {
    what = failure.what();
  }
  runtime::log(runtime::LogLevel::error, "handler_failed", {{"request", call->request.id}, {"what", what}});
  const Error error =
      refused(ErrorCode::internal, "Something went wrong on our side. Request " + call->request.id + ".");
  co_return refuse(*call, audience_of(call->request, match), error);
}

runtime::Task<Response> Dispatcher::route(CallPointer call, const Router::Match& match) {
  const Audience audience = audience_of(call->request, match);
  if (const auto* others = std::get_if<Router::OtherMethods>(&match)) {
    const bool asks = call->request.method == Method::options;
    Response response = empty_response(204);
    if (!asks) {
      response =
          refuse(*call, audience, refused(ErrorCode::method_not_allowed, "Allowed here: " + others->allow + "."));
    }
    response.add("Allow", others->allow);
    co_return response;
  }
  const Router::Found* found = found_route(match);
  if (!found) {
    if (audience == Audience::people && !call->anonymous() && is_safe(call->request.method)) {
      std::function<Response(PageVisit&)> show = &nothing_there;  // with the visitor's own menu
      Response response = co_await show_page(call, std::move(show));
      co_return response;
    }
    co_return refuse(*call, audience, not_found());
  }
  if (!is_safe(call->request.method)) {
    const Result<void> same_site = check_cross_origin(call->request.headers, call->proof, site_.origin);
    if (!same_site) {
      co_return refuse(*call, audience, same_site.error());
    }
    const auto too_fast = rates_.refuse_write_from(call->request.client_address);
    if (too_fast) {
      co_return refuse(*call, audience, *too_fast);
    }
  }
  if (found->route->costly) {
    const auto too_often = rates_.refuse_search_from(call->request.client_address);
    if (too_often) {
      co_return refuse(*call, audience, *too_often);
    }
  }
  const Start start{call, shared_reads_, guest_pages_, member_threads_, *found->route};
  Response response = co_await std::visit(start, found->route->handler);
  co_return response;
}

void Dispatcher::finish(const Call& call, Audience audience, Response& response) const {
  if (response.ready_fields) {
    return;
  }
  for (const Header& field : site_.security_headers) {
    response.add(field.first, field.second);
  }
  response.add("X-Request-Id", call.request.id);
  const bool page = audience == Audience::people;
  if (!response.header("Cache-Control")) {
    response.add("Cache-Control", page ? "private, no-cache" : "no-store");
  }
  if (!response.header("Vary")) {
    response.add("Vary", page ? "Cookie" : "Cookie, Authorization");
  }
  if (page || response.header("ETag")) {
    answer_if_changed(call.request, response);
  }
}

Response Dispatcher::refusal(const Error& error, const std::string& request_id) const {
  Response response = problem(error);
  for (const Header& field : site_.security_headers) {
    response.add(field.first, field.second);
  }
  response.add("X-Request-Id", request_id);
  response.add("Cache-Control", "no-store");
  return response;
}

}  // namespace foyer::http
