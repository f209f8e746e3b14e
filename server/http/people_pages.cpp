// The page of a person, and each kind of work as pages of its own.
#include "server/forum/people.hpp"
#include "server/http/handlers.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

Response person(PageVisit& visit) {
  const std::string job = visit.query("job");
  const std::string page = visit.query("page");
  const std::int64_t page_number = page.empty() ? 1 : integer_from_text(page).value_or(0);
  auto found = visit.database().snapshot([&](Transaction& transaction) {
    return forum::read_person_page(transaction, visit.call().id<PersonId>(), job, page_number);
  });
  if (!found) {
    return visit.refuse(found.error());
  }
  if (visit.call().path.slug != found->person.slug) {
    return visit.moved(pages::address_of(found->person));
  }
  return visit.page(pages::person_page(visit.context(), {.person = std::move(found->person),
                                                         .sections = std::move(found->sections),
                                                         .threads = std::move(found->threads),
                                                         .job = job,
                                                         .page_number = page_number,
                                                         .page_count = found->page_count}));
}

}  // namespace

std::vector<Route> people_page_routes() { return {{Method::get, "/people/{id}-{slug}", Audience::people, &person}}; }

}  // namespace foyer::http
