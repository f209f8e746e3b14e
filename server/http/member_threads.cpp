#include "server/http/member_threads.hpp"

#include <utility>

#include "server/http/guest_pages.hpp"
#include "server/http/jobs.hpp"
#include "server/http/page_visit.hpp"

namespace foyer::http {
namespace {

struct Shown {
  Response response;
  std::shared_ptr<const KeptContent> content;
};

}  // namespace

bool MemberThreads::shows(const Call& call, const Route& route) const {
  return !call.anonymous() && call.request.method == Method::get && route.pattern == thread_page_pattern &&
         is_usual_query(call.request.query);
}

runtime::Task<Response> MemberThreads::show(CallPointer call, ShowPage render) {
  Result<forum::Actor> actor = co_await identify_together(call);
  if (!actor) {
    co_return refuse_to_guest(*call, actor.error());
  }
  const std::string target = call->request.target();
  auto kept = cache_.find(target, std::chrono::steady_clock::now());
  auto job = [call, render, kept, actor = std::move(*actor)]() -> Result<Shown> {
    PageVisit visit(*call, actor, kept);
    Response response = render(visit);
    return Shown{std::move(response), visit.content()};
  };
  Result<Shown> shown = co_await in_database(call, std::move(job));
  if (!shown) {
    co_return refuse_to_guest(*call, shown.error());
  }
  if (!kept && shown->content) {
    cache_.keep(target, shown->content, std::chrono::steady_clock::now());
  }
  co_return std::move(shown->response);
}

}  // namespace foyer::http
