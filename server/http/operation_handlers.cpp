// Probes, metrics, embedded files and the other answers that need no waiting.
#include "server/http/handlers.hpp"
#include "server/http/problem.hpp"
#include "server/http/static_files.hpp"

namespace foyer::http {
namespace {

Response lives(const Call&) { return text_response(200, "ok\n"); }

Response ready(const Call& call) {
  const std::vector<std::string> down = call.services.readiness();
  if (down.empty()) {
    return text_response(200, "ready\n");
  }
  std::string detail = "Not ready:";
  for (const std::string& part : down) {
    detail += (&part == &down.front() ? " " : ", ") + part;
  }
  return problem(refused(ErrorCode::unavailable, detail + "."));
}

Response metrics(const Call& call) {
  Response response = text_response(200, call.services.metrics.text());
  response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

Response asset(const Call& call) {
  auto found = asset_response(call.site.assets.files, call.path.name, call.request.headers);
  return found ? std::move(*found) : problem(not_found());
}

Response live_without_upgrade(const Call&) {
  return problem(refused(ErrorCode::bad_request, "The live channel speaks WebSocket: ask for an upgrade."));
}

}  // namespace

std::vector<Route> site_routes() {
  constexpr auto programs = Audience::programs;
  return {{Method::get, "/assets/{name}", programs, &asset}, {Method::get, "/live", programs, &live_without_upgrade}};
}

std::vector<Route> probe_routes() {
  return {{Method::get, "/healthz", Audience::programs, &lives}, {Method::get, "/readyz", Audience::programs, &ready}};
}

std::vector<Route> metrics_routes() { return {{Method::get, "/metrics", Audience::programs, &metrics}}; }

}  // namespace foyer::http
