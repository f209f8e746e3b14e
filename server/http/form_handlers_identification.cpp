// The forms that accept an answer of a thread that looks for a film, and that propose films for threads.
#include "server/forum/film_identification.hpp"
#include "server/forum/film_lookup.hpp"
#include "server/forum/film_proposals.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

std::int64_t number_field(const Pairs& fields, std::string_view name) {
  return integer_from_text(first_value(fields, name)).value_or(0);
}

// Back to the thread; what could not be done is told on a page of its own.
template <class Change>
FormDone change_films(PageVisit& visit, const std::string& fragment, Change change) {
  const Result<Pairs> fields = form_fields(visit.call().request);
  if (!fields) {
    return {visit.refuse(fields.error()), {}};
  }
  auto changed = visit.database().write(
      [&](Transaction& transaction) { return change(transaction, visit.call().id<ThreadId>(), *fields); });
  if (!changed) {
    return {visit.refuse(changed.error()), {}};
  }
  return {see_other(pages::address_of(changed->view) + fragment), std::move(changed->news)};
}

FormDone take_solution(PageVisit& visit) {
  return change_films(visit, "#search-state", [&](Transaction& transaction, ThreadId thread, const Pairs& fields) {
    if (!first_value(fields, "withdraw").empty()) {
      return forum::withdraw_solution(transaction, visit.actor(), thread);
    }
    const SolveThreadRequest request{PostNumber{number_field(fields, "post_number")},
                                     FilmId{number_field(fields, "film_id")}};
    return forum::solve_thread(transaction, visit.actor(), thread, request);
  });
}

// A decision names the film by its number; a proposal by its title or the address of its page.
FormDone take_proposal(PageVisit& visit) {
  return change_films(visit, "", [&](Transaction& transaction, ThreadId thread, const Pairs& fields) {
    const std::string decision = first_value(fields, "decision");
    const FilmId decided{number_field(fields, "film_id")};
    if (decision == "confirm") {
      return forum::confirm_proposal(transaction, visit.actor(), thread, decided);
    }
    if (decision == "reject") {
      return forum::reject_proposal(transaction, visit.actor(), thread, decided);
    }
    const auto film =
        forum::look_up_film(transaction, first_value(fields, "proposed_film"), visit.call().site.public_url);
    const FilmId none{};
    return forum::propose_film(transaction, visit.actor(), thread, {film ? film->id : none});
  });
}

}  // namespace

std::vector<Route> identification_form_routes() {
  constexpr auto people = Audience::people;
  return {{Method::post, "/threads/{id}-{slug}/solution", people, &take_solution},
          {Method::post, "/threads/{id}-{slug}/proposals", people, &take_proposal}};
}

}  // namespace foyer::http
