#include "server/http/page_visit.hpp"

#include <algorithm>
#include <array>

#include "server/forum/password.hpp"
#include "server/http/jobs.hpp"
#include "server/http/problem.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

constexpr std::size_t longest_next = 2'000;

// A form posts below the page it stands on; what stands there is about that page, not the form's address.
std::string page_path(const Request& request) {
  constexpr std::array<std::string_view, 10> actions{"/posts", "/comments", "/restore",  "/lock",      "/unlock",
                                                     "/like",  "/unlike",   "/solution", "/proposals", "/marks"};
  const auto action = std::ranges::find_if(
      actions, [&](std::string_view end) { return request.path.ends_with(end) && request.path.size() > end.size(); });
  const bool form = request.method == Method::post && action != actions.end();
  return form ? request.path.substr(0, request.path.size() - action->size()) : request.path;
}

// Where people come back to after logging in.
std::string page_target(const Request& request) {
  const std::string path = page_path(request);
  return request.query.empty() || request.method == Method::post ? path : path + "?" + request.query;
}

pages::PageContext guest_context(const Call& call) {
  pages::PageContext context;
  context.path = page_path(call.request);
  context.public_url = call.site.public_url;
  context.assets = call.site.asset_addresses;
  context.theme = theme_of(call.request.headers);
  return context;
}

Response html_response(int status, std::string html) {
  Response response{status, {}, std::move(html)};
  response.add("Content-Type", "text/html; charset=utf-8");
  return response;
}

Response refuse_in(const pages::PageContext& context, const Call& call, const Error& error) {
  Response response = html_response(http_status(error.code), pages::error_page(context, error, call.request.id));
  add_refusal_headers(error, response);
  return response;
}

}  // namespace

runtime::Task<Response> show_page(CallPointer call, std::function<Response(PageVisit&)> show) {
  auto job = [call, show = std::move(show)]() -> Result<Response> {
    PageVisit visit(*call);
    const Result<void> known = visit.identify();
    return known ? show(visit) : visit.refuse(known.error());
  };
  Result<Response> response = co_await in_database(call, std::move(job));
  if (!response) {
    co_return refuse_to_guest(*call, response.error());
  }
  co_return std::move(*response);
}

Result<void> PageVisit::identify() {
  auto found = identify_caller(call_);
  if (!found) {
    return found.error();
  }
  actor_ = std::move(*found);
  return {};
}

pages::PageContext PageVisit::context() const {
  pages::PageContext context = guest_context(call_);
  context.viewer = actor_.user;
  if (!actor_.guest()) {
    context.form_key = forum::random_token();
  }
  return context;
}

Response PageVisit::page(std::string html, int status) const { return html_response(status, std::move(html)); }

Response PageVisit::refuse(const Error& error) const {
  if (error.code == ErrorCode::unauthenticated) {
    return see_other(login_address(page_target(call_.request)));
  }
  return refuse_in(context(), call_, error);
}

Response PageVisit::moved(std::string path) const {
  const std::string& query = call_.request.query;
  return redirect(301, query.empty() ? std::move(path) : path + "?" + query);
}

Response refuse_to_guest(const Call& call, const Error& error) { return refuse_in(guest_context(call), call, error); }

pages::FormState form_state(const Error& error) {
  return pages::FormState{error.fields, error.fields.empty() ? error.detail : std::string()};
}

std::string local_path(std::string_view next) {
  const bool plain =
      std::ranges::all_of(next, [](char letter) { return letter > 0x20 && letter < 0x7F && letter != '\\'; });
  const bool local = next.starts_with('/') && !next.starts_with("//") && next.size() <= longest_next;
  return plain && local ? std::string(next) : std::string("/");
}

std::string login_address(std::string_view next) {
  const std::string path = local_path(next);
  return path == "/" ? std::string("/login") : "/login?next=" + encode_component(path);
}

}  // namespace foyer::http
