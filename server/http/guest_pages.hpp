// What guests read: finished pages from the cache, and else one rendering for all who ask for the same page at the same
// time. No answer is older than the news that this node has heard when it is asked for. I/O thread only.
#pragma once

#include <memory>
#include <optional>

#include "server/http/call.hpp"
#include "server/http/page_cache.hpp"
#include "server/http/router.hpp"
#include "server/http/shared_reads.hpp"
#include "server/runtime/metrics.hpp"

namespace foyer::http {

inline constexpr std::string_view thread_page_pattern = "/threads/{id}-{slug}";
// Pages asked for with anything but a page number in their query are made for one.
bool is_usual_query(std::string_view query);

struct GuestAnswer {
  Response response;                         // when there is no page to keep
  std::shared_ptr<const FinishedPage> page;  // or null
};

class GuestPages {
 public:
  // Both outlive it.
  GuestPages(const Site& site, const HttpServices& services);
  GuestPages(const GuestPages&) = delete;
  GuestPages& operator=(const GuestPages&) = delete;

  struct Ready {
    Response response;
    std::string_view pattern;
  };
  // The whole answer without any further work, or nothing.
  std::optional<Ready> find(const Request& request);

  // Whether this is a page that may be shared: a guest's, whose news are known, asked for in a usual way.
  bool shares(const Call& call, const Route& route) const;
  // Renders on a worker, together with who else asks for it.
  runtime::Task<Response> show(CallPointer call, const Route& route, ShowPage render);

 private:
  using Answers = SharedAnswers<std::shared_ptr<const GuestAnswer>>;
  void begin(const CallPointer& call, const Route& route, ShowPage render, Answers::Done done);

  const Site& site_;
  const HttpServices& services_;
  PageCache<FinishedPage> cache_;
  Answers rendering_;
};

}  // namespace foyer::http
