// /api/v1/search and the page /search.
#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/forum/search.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/search_page.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

Result<std::string> get_search(const Call& call) {
  QueryFields query(call.query);
  forum::SearchRequest request;
  request.text = query.text("q");
  request.in = query.text("in");
  const forum::ListRequest list = query.list();
  request.after = list.after;
  request.limit = list.limit;
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto found =
      call.services.database.snapshot([&](Transaction& transaction) { return forum::search(transaction, request); });
  return found ? Result<std::string>(codec::encode(found->results)) : found.error();
}

// The only kind that the address asks for, or "".
std::string one_kind(const std::string& in) {
  const auto kinds = forum::search_kinds(in, "in");
  return kinds && kinds->count() == 1 ? in : std::string();
}

Response search(PageVisit& visit) {
  pages::SearchPage page{.text = visit.query("q"), .kind = one_kind(visit.query("in"))};
  if (page.text.empty()) {
    return visit.page(pages::search_page(visit.context(), page));
  }
  const std::string after = visit.query("after");
  const forum::SearchRequest request{
      .text = page.text,
      .in = page.kind,
      .after = after.empty() ? std::nullopt : std::optional(after),
      .limit = page.kind.empty() ? limits::search_items_default : limits::page_items_default};
  auto found = visit.database().snapshot([&](Transaction& transaction) { return forum::search(transaction, request); });
  if (!found && found.error().code == ErrorCode::invalid) {
    page.form = form_state(found.error());
    return visit.page(pages::search_page(visit.context(), page), 422);
  }
  if (!found) {
    return visit.refuse(found.error());
  }
  page.results = std::move(found->results);
  page.instead = std::move(found->instead);
  return visit.page(pages::search_page(visit.context(), page));
}

}  // namespace

std::vector<Route> search_routes() {
  return {{Method::get, "/api/v1/search", Audience::programs, &get_search, true},
          {Method::get, "/search", Audience::people, &search, true}};
}

}  // namespace foyer::http
