#include "server/http/new_thread_form.hpp"

#include <algorithm>

#include "protocol/film_colours.hpp"
#include "protocol/limits.hpp"
#include "server/forum/film_lookup.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/threads.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

constexpr std::size_t boxes_read = 20;  // of films; more than may be chosen, so that too many are refused and not lost

std::vector<std::string> film_fields(const Pairs& fields) {
  std::vector<std::string> values;
  for (const auto& [name, value] : fields) {
    if ((name == "film" || name == "film_id") && !value.empty() && values.size() < boxes_read) {
      values.push_back(value);
    }
  }
  return values;
}

// "1950" or "1950s".
std::optional<std::int64_t> decade_field(std::string text) {
  if (text.ends_with('s')) {
    text.pop_back();
  }
  const auto decade = integer_from_text(text);
  return decade && *decade >= INT32_MIN && *decade <= INT32_MAX ? decade : std::nullopt;
}

FilmClues clue_fields(const Pairs& fields) {
  FilmClues clues;
  if (const auto decade = decade_field(first_value(fields, "decade"))) {
    clues.decade = static_cast<int>(*decade);
  }
  clues.country = first_value(fields, "country");
  clues.colour = film_colour_from_word(first_value(fields, "colour")).value_or(FilmColour::unknown);
  clues.language = first_value(fields, "language");
  clues.scene = first_value(fields, "scene");
  return clues;
}

Result<StartThreadRequest> thread_request(const Pairs& fields) {
  StartThreadRequest request;
  request.title = first_value(fields, "title");
  request.body = first_value(fields, "body");
  const std::string kind = first_value(fields, "kind");
  if (!kind.empty()) {
    const auto known = thread_kind_from_word(kind);
    if (!known) {
      return invalid_field("kind", "out_of_range", "must be discussion, identify or watch_along");
    }
    request.kind = *known;
  }
  for (const std::string& film : film_fields(fields)) {
    const auto id = integer_from_text(film);
    if (!id || *id < 1) {
      return invalid_field("film_ids", "wrong_type", "must be the number of a film");
    }
    request.film_ids.push_back(FilmId{*id});
  }
  const std::string decade = first_value(fields, "decade");
  if (!decade.empty() && !decade_field(decade)) {
    return invalid_field("clues.decade", "wrong_type", "Must be the first year of a decade, such as 1950.");
  }
  if (const FilmClues clues = clue_fields(fields); clues != FilmClues()) {
    request.clues = clues;
  }
  return request;
}

// Errors stand at the fields of this form.
pages::FormState at_own_fields(pages::FormState form) {
  constexpr std::string_view clues = "clues.";
  for (FieldError& error : form.errors) {
    if (error.field.starts_with(clues)) {
      error.field.erase(0, clues.size());
    } else if (error.field == "film_ids") {
      error.field = "wanted_film";
    }
  }
  return form;
}

bool asks_for_films(const Pairs& fields) { return !first_value(fields, "find").empty(); }

void read_films(Transaction& transaction, const std::string& public_url, const Pairs& fields,
                pages::NewThreadPage& page) {
  std::vector<FilmId> chosen;
  for (const std::string& film : film_fields(fields)) {
    const auto id = integer_from_text(film);
    if (id && *id > 0) {
      chosen.push_back(FilmId{*id});
    }
  }
  page.films = forum::read_film_links(transaction, chosen);
  if (!asks_for_films(fields)) {
    return;
  }
  page.searched = !page.wanted_film.empty();
  for (FilmLink& film : forum::look_up_films(transaction, page.wanted_film, public_url)) {
    if (std::find(page.films.begin(), page.films.end(), film) == page.films.end()) {
      page.found.push_back(std::move(film));
    }
  }
}

Response new_thread_again(PageVisit& visit, const pages::FormState& form) {
  const Pairs fields = readable_fields(visit.call().request);
  pages::NewThreadPage page;
  page.title = first_value(fields, "title");
  page.body = first_value(fields, "body");
  page.form = at_own_fields(form);
  page.kind = thread_kind_from_word(first_value(fields, "kind")).value_or(ThreadKind::discussion);
  page.clues = clue_fields(fields);
  page.decade = first_value(fields, "decade");
  page.wanted_film = first_value(fields, "wanted_film");
  visit.database().snapshot([&](Transaction& transaction) {
    read_films(transaction, visit.call().site.public_url, fields, page);
    return true;
  });
  return visit.page(pages::new_thread_page(visit.context(), page));
}

}  // namespace

FormDone take_thread(PageVisit& visit) {
  const auto allowed = forum::may_post(visit.actor());
  if (allowed && asks_for_films(readable_fields(visit.call().request))) {
    return {new_thread_again(visit, {}), {}};
  }
  if (auto shown = preview_of(visit, &new_thread_again)) {
    return {std::move(*shown), {}};
  }
  const Result<Pairs> fields = form_fields(visit.call().request);
  const Result<StartThreadRequest> request = fields ? thread_request(*fields) : fields.error();
  if (!request) {
    return {form_again(visit, request.error(), &new_thread_again), {}};
  }
  auto started = write_form(visit, [&](Transaction& transaction) {
    return forum::start_thread(transaction, visit.actor(), *request, first_value(*fields, "key"));
  });
  if (!started) {
    return {form_again(visit, started.error(), &new_thread_again), {}};
  }
  return {see_other(pages::address_of(started->view.thread)), std::move(started->news)};
}

}  // namespace foyer::http
