// Pages of threads for members: who asks is looked up together with all who ask meanwhile, and what the page shows is
// kept while nothing of it has changed; only the page around it is made for each. I/O thread only.
#pragma once

#include "server/http/call.hpp"
#include "server/http/page_cache.hpp"
#include "server/http/router.hpp"

namespace foyer::http {

class MemberThreads {
 public:
  explicit MemberThreads(const HttpServices& services) : cache_(services.heard_version, services.listen) {}

  // Whether this is the page of a thread, asked for by somebody with a session in a usual way.
  bool shows(const Call& call, const Route& route) const;
  runtime::Task<Response> show(CallPointer call, ShowPage render);

 private:
  PageCache<KeptContent> cache_;
};

}  // namespace foyer::http
