// /api/v1/films/{id}/marks/{name}, and the form on the film's page.
#include "protocol/marks.hpp"
#include "server/forum/marks.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;
using ChangeMark = Result<FilmMarks> (*)(Transaction&, const forum::Actor&, FilmId, const std::string&);

template <ChangeMark change>
Result<Written> change_mark(const Call& call) {
  const Result<void> empty = no_fields(call.request);
  if (!empty) {
    return empty.error();
  }
  const auto marks = write_as_caller(call, [&](Transaction& transaction, const forum::Actor& actor) {
    return change(transaction, actor, call.id<FilmId>(), call.path.name);
  });
  return marks ? Result<Written>(Written{200, codec::encode(*marks), {}, {}}) : marks.error();
}

// Each button sends `mark` or `unmark` with the name of the mark.
FormDone take_mark(PageVisit& visit) {
  const Result<Pairs> fields = form_fields(visit.call().request);
  if (!fields) {
    return {visit.refuse(fields.error()), {}};
  }
  const std::string taken_back = first_value(*fields, "unmark");
  const auto marks = visit.database().write([&](Transaction& transaction) {
    const FilmId film = visit.call().id<FilmId>();
    return taken_back.empty() ? forum::mark_film(transaction, visit.actor(), film, first_value(*fields, "mark"))
                              : forum::unmark_film(transaction, visit.actor(), film, taken_back);
  });
  if (!marks) {
    return {visit.refuse(marks.error()), {}};
  }
  const PathValues& path = visit.call().path;
  const std::string slug = path.slug.empty() ? path.slug : "-" + encode_component(path.slug);
  return {see_other("/films/" + std::to_string(path.id) + slug + "#rating"), {}};
}

}  // namespace

std::vector<Route> mark_routes() {
  return {{Method::put, "/api/v1/films/{id}/marks/{name}", Audience::programs, &change_mark<forum::mark_film>},
          {Method::remove, "/api/v1/films/{id}/marks/{name}", Audience::programs, &change_mark<forum::unmark_film>}};
}

std::vector<Route> mark_form_routes() {
  return {{Method::post, "/films/{id}-{slug}/marks", Audience::people, &take_mark}};
}

}  // namespace foyer::http
