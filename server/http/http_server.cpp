#include "server/http/http_server.hpp"

#include <prometheus/gauge.h>

#include "protocol/limits.hpp"
#include "server/http/edge.hpp"
#include "server/http/handlers.hpp"
#include "server/http/related_renewals.hpp"

namespace foyer::http {
namespace {

Router forum_router(bool with_metrics) {
  Router router;
  for (auto routes : {account_routes(),
                      film_routes(),
                      review_routes(),
                      mark_routes(),
                      thread_routes(),
                      identification_routes(),
                      post_routes(),
                      moderation_routes(),
                      feed_routes(),
                      page_routes(),
                      people_page_routes(),
                      member_page_routes(),
                      discussion_page_routes(),
                      post_page_routes(),
                      review_page_routes(),
                      film_edit_routes(),
                      account_form_routes(),
                      discussion_form_routes(),
                      identification_form_routes(),
                      post_form_routes(),
                      mark_form_routes(),
                      settings_routes(),
                      search_routes(),
                      site_map_routes(),
                      site_routes(),
                      probe_routes()}) {
    router.add(std::move(routes));
  }
  if (with_metrics) {
    router.add(metrics_routes());
  }
  return router;
}

Router metrics_router() {
  Router router;
  router.add(metrics_routes());
  router.add(probe_routes());
  return router;
}

// What the browser calls this node. A port that was left to the system is known only now.
std::string public_url(const HttpSettings& settings, std::uint16_t port) {
  constexpr std::string_view any_port = ":0";
  if (settings.public_url.empty()) {
    return "http://" + settings.listen_host + ":" + std::to_string(port);
  }
  if (settings.public_url.ends_with(any_port)) {
    return settings.public_url.substr(0, settings.public_url.size() - 1) + std::to_string(port);
  }
  return settings.public_url;
}

std::shared_ptr<Edge> make_edge(boost::asio::io_context& io, std::shared_ptr<Listener> listener,
                                const HttpSettings& settings, const HttpServices& services, Router router) {
  EdgeParts parts{make_site(public_url(settings, listener->port()), embedded_assets()), services, std::move(router),
                  TrustedProxies(settings.trusted_proxies),
                  settings.limit_addresses ? std::make_shared<AddressSeats>(limits::connections_per_address) : nullptr};
  return std::make_shared<Edge>(io, std::move(listener), std::move(parts));
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(boost::asio::io_context& io, const HttpSettings& settings, HttpServices services) {
    services.readiness = [inner = std::move(services.readiness), leaving = leaving_] {
      std::vector<std::string> down = inner();
      if (*leaving) {
        down.emplace_back("shutting down");
      }
      return down;
    };
    auto renewals = std::make_shared<RelatedRenewals>(services.database, services.write_workers);
    services.complete_related = [renewals](FilmId film, forum::FilmThreads& threads) {
      renewals->complete(film, threads);
    };
    const PortUse use = settings.share_port ? PortUse::shared : PortUse::alone;
    const bool own_metrics_port = !settings.metrics_host.empty();
    forum_ = make_edge(io, std::make_shared<Listener>(io, settings.listen_host, settings.listen_port, use), settings,
                       services, forum_router(!own_metrics_port));
    if (own_metrics_port) {
      auto listener = std::make_shared<Listener>(io, settings.metrics_host, settings.metrics_port, PortUse::alone);
      metrics_ = make_edge(io, std::move(listener), settings, services, metrics_router());
    }
    watch_connections(services.metrics);
  }

  void start() {
    forum_->start();
    if (metrics_) {
      metrics_->start();
    }
  }

  std::uint16_t port() const { return forum_->port(); }
  std::uint16_t metrics_port() const { return metrics_ ? metrics_->port() : 0; }

  void announce_shutdown() {
    *leaving_ = true;
    forum_->announce_shutdown();
  }

  static runtime::Task<> shutdown(std::shared_ptr<Impl> self, std::chrono::milliseconds patience) {
    self->announce_shutdown();
    co_await Edge::shutdown(self->forum_, patience);
    if (self->metrics_) {
      co_await Edge::shutdown(self->metrics_, std::chrono::milliseconds(0));
    }
  }

 private:
  void watch_connections(runtime::Metrics& metrics) {
    auto& gauge = metrics.gauge("foyer_http_connections", "Open HTTP connections");
    metrics.before_collection([&gauge, weak = std::weak_ptr<Edge>(forum_)] {
      if (const auto edge = weak.lock()) {
        gauge.Set(static_cast<double>(edge->connections()));
      }
    });
  }

  std::shared_ptr<bool> leaving_ = std::make_shared<bool>(false);
  std::shared_ptr<Edge> forum_;
  std::shared_ptr<Edge> metrics_;
};

HttpServer::HttpServer(boost::asio::io_context& io, HttpSettings settings, HttpServices services)
    : impl_(std::make_shared<Impl>(io, settings, std::move(services))) {}

HttpServer::~HttpServer() = default;

void HttpServer::start() { impl_->start(); }

std::uint16_t HttpServer::port() const { return impl_->port(); }

std::uint16_t HttpServer::metrics_port() const { return impl_->metrics_port(); }

void HttpServer::announce_shutdown() { impl_->announce_shutdown(); }

runtime::Task<> HttpServer::shutdown(std::chrono::milliseconds patience) { return Impl::shutdown(impl_, patience); }

}  // namespace foyer::http
