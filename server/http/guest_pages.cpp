#include "server/http/guest_pages.hpp"

#include <algorithm>
#include <utility>

#include <prometheus/gauge.h>

#include "protocol/limits.hpp"
#include "server/http/auth.hpp"
#include "server/http/compression.hpp"
#include "server/http/conditional.hpp"
#include "server/http/jobs.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/static_files.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::http {
namespace {

bool is_guests(const Request& request, Transport transport) {
  const forum::Proof proof = proof_of(request.headers, transport);
  return (request.method == Method::get || request.method == Method::head) && proof.session_token.empty() &&
         proof.bearer_token.empty();
}

// A page looks different in each theme. No target holds a space.
std::string key_of(const Request& request) {
  const pages::Theme theme = theme_of(request.headers);
  return theme == pages::Theme::system ? request.target() : request.target() + " " + std::string(to_word(theme));
}

// Whose news tell when the page of a route has changed. The page itself says what else it shows.
std::optional<Channel> channel_of(const Route& route, const PathValues& path) {
  const auto is = [&route](std::string_view page, std::string_view feed) {
    return route.pattern == page || route.pattern == feed;
  };
  if (is(thread_page_pattern, "/threads/{id}-{slug}.atom")) {
    return Channel{ChannelKind::thread, path.id};
  }
  if (is("/films/{id}-{slug}", "/films/{id}-{slug}.atom")) {
    return Channel{ChannelKind::film, path.id};
  }
  return is("/", "/feed.atom") ? std::optional(Channel{ChannelKind::front, 0}) : std::nullopt;
}

std::shared_ptr<const std::string> fields_of(const Headers& headers, const std::string& more) {
  auto fields = std::make_shared<std::string>();
  for (const auto& [name, value] : headers) {
    fields->append(name).append(": ").append(value).append("\r\n");
  }
  fields->append(more);
  return fields;
}

std::string length_field(std::size_t bytes) { return "Content-Length: " + std::to_string(bytes) + "\r\n"; }

FinishedPage::Form form_of(const Headers& headers, const std::string& type, std::string body,
                           const std::string& encoding) {
  const std::string more = encoding.empty() ? encoding : "Content-Encoding: " + encoding + "\r\n";
  const std::size_t size = body.size();
  return {fields_of(headers, "Content-Type: " + type + "\r\n" + more + length_field(size)),
          std::make_shared<const std::string>(std::move(body))};
}

std::shared_ptr<const FinishedPage> finish(const Site& site, const Route& route, const Response& response,
                                           std::vector<ShownVersion> shown) {
  const std::string_view body = bytes_of(response.body);
  const std::string type(response.header("Content-Type").value());
  auto page = std::make_shared<FinishedPage>();
  page->tag = entity_tag(body);
  Headers headers = site.security_headers;
  headers.emplace_back("Cache-Control", "private, no-cache");
  headers.emplace_back("Vary", "Cookie, Accept-Encoding");
  headers.emplace_back("ETag", page->tag);
  if (const auto changed = response.header("Last-Modified")) {
    headers.emplace_back("Last-Modified", *changed);
  }
  page->unchanged_fields = fields_of(headers, "");
  page->identity = form_of(headers, type, std::string(body), "");
  page->brotli = form_of(headers, type, compressed_by_brotli(body), "br");
  page->gzip = form_of(headers, type, compressed_by_gzip(body), "gzip");
  page->pattern = route.pattern;
  page->shown = std::move(shown);
  return page;
}

Response response_of(const FinishedPage& page, const Request& request) {
  Response response{200, {{"X-Request-Id", request.id}}, std::string()};
  if (names_tag(request.header("If-None-Match").value_or(""), page.tag)) {
    response.status = 304;
    response.ready_fields = page.unchanged_fields;
    return response;
  }
  const Encoding encoding = negotiate(request.header("Accept-Encoding").value_or(""), true, true);
  const FinishedPage::Form& form = encoding == Encoding::brotli ? page.brotli
                                   : encoding == Encoding::gzip ? page.gzip
                                                                : page.identity;
  response.ready_fields = form.fields;
  response.body = form.body;
  return response;
}

// On a worker. `before`: where the channel of the route stood before anything was read.
std::shared_ptr<const GuestAnswer> render(const Call& call, const Route& route, ShowPage show,
                                          const std::optional<ShownVersion>& before) {
  PageVisit visit(call);
  GuestAnswer answer;
  answer.response = show(visit);
  std::vector<ShownVersion> shown = visit.shown();
  if (before) {
    shown.push_back(*before);
  }
  if (answer.response.status == 200 && !shown.empty()) {
    answer.page = finish(call.site, route, answer.response, std::move(shown));
  }
  return std::make_shared<const GuestAnswer>(std::move(answer));
}

// On behalf of all who wait for it: it goes on when the one who asked first is gone, and always ends.
template <class Done>
runtime::Task<> render_for_all(CallPointer call, const Route& route, ShowPage show, std::optional<ShownVersion> before,
                               Done done) {
  using Rendered = Result<std::shared_ptr<const GuestAnswer>>;
  Rendered answer = refused(ErrorCode::internal, "Something went wrong on our side.");
  auto job = [call, &route, show, before]() -> Rendered { return render(*call, route, show, before); };
  try {
    answer = co_await in_database(call, std::move(job));
  } catch (const std::exception& failure) {
    runtime::log(runtime::LogLevel::error, "page not rendered", {{"what", std::string_view(failure.what())}});
  }
  done(answer);
}

}  // namespace

bool is_usual_query(std::string_view query) {
  constexpr std::string_view page = "page=";
  constexpr std::size_t digits_max = 9;
  return query.empty() ||
         (query.starts_with(page) && query.size() > page.size() && query.size() <= page.size() + digits_max &&
          query.find_first_not_of("0123456789", page.size()) == std::string_view::npos);
}

GuestPages::GuestPages(const Site& site, const HttpServices& services)
    : site_(site), services_(services), cache_(services.heard_version, services.listen) {
  auto& pages = services.metrics.gauge("foyer_cached_pages", "Finished pages of guests in memory");
  auto& bytes = services.metrics.gauge("foyer_cached_page_bytes", "Their bytes, in all forms");
  auto& hits = services.metrics.gauge("foyer_page_cache_hits", "Pages given out of memory since start");
  auto& misses = services.metrics.gauge("foyer_page_cache_misses", "Pages that had to be made since start");
  auto& outdated = services.metrics.gauge("foyer_page_cache_outdated", "Of these, as something had changed");
  services.metrics.before_collection([this, &pages, &bytes, &hits, &misses, &outdated] {
    const PageCacheFigures& figures = cache_.figures();
    pages.Set(static_cast<double>(figures.pages));
    bytes.Set(static_cast<double>(figures.bytes));
    hits.Set(static_cast<double>(figures.hits));
    misses.Set(static_cast<double>(figures.misses));
    outdated.Set(static_cast<double>(figures.outdated));
  });
}

std::optional<GuestPages::Ready> GuestPages::find(const Request& request) {
  if (!is_guests(request, site_.transport)) {
    return std::nullopt;
  }
  const auto page = cache_.find(key_of(request), std::chrono::steady_clock::now());
  return page ? std::optional(Ready{response_of(*page, request), page->pattern}) : std::nullopt;
}

bool GuestPages::shares(const Call& call, const Route& route) const {
  return is_guests(call.request, site_.transport) && is_usual_query(call.request.query) &&
         channel_of(route, call.path).has_value();
}

void GuestPages::begin(const CallPointer& call, const Route& route, ShowPage show, Answers::Done done) {
  // A thread's page knows its own version; of the others the version is taken before they are read.
  const auto channel = channel_of(route, call->path);
  std::optional<ShownVersion> before;
  if (channel && !channel->durable()) {
    const auto version = services_.heard_version(*channel);
    before = ShownVersion{*channel, version.value_or(-1)};  // -1: what the channel never stands at
  }
  auto keep = [this, key = key_of(call->request), done = std::move(done)](const auto& answer) {
    if (answer && (*answer)->page) {
      cache_.keep(key, (*answer)->page, std::chrono::steady_clock::now());
    }
    done(answer);
  };
  runtime::spawn(services_.executor, "guest page", render_for_all(call, route, show, before, std::move(keep)));
}

runtime::Task<Response> GuestPages::show(CallPointer call, const Route& route, ShowPage render) {
  using Rendered = Result<std::shared_ptr<const GuestAnswer>>;
  auto ask = [this, call, &route, render](const auto& callback) {
    rendering_.ask(
        key_of(call->request),
        [this, call, &route, render](Answers::Done done) { begin(call, route, render, std::move(done)); }, callback);
  };
  const Rendered answer = co_await runtime::await_callback<Rendered>(std::move(ask));
  if (!answer) {
    co_return refuse_to_guest(*call, answer.error());
  }
  co_return (*answer)->page ? response_of(*(*answer)->page, call->request) : (*answer)->response;
}

}  // namespace foyer::http
