// The form that changes a film, and the history of its changes, as pages for moderators.
#include "server/pages/film_edit_pages.hpp"

#include <algorithm>
#include <charconv>

#include "protocol/limits.hpp"
#include "server/forum/film_edit.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/words.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

constexpr std::size_t shown_characters = 300;  // of a text that stands whole in the history

Result<forum::FilmInText> read_film(PageVisit& visit) {
  return visit.database().snapshot([&](Transaction& transaction) {
    return forum::read_film_in_text(transaction, visit.actor(), visit.call().id<FilmId>());
  });
}

Response form(PageVisit& visit) {
  auto film = read_film(visit);
  if (!film) {
    return visit.refuse(film.error());
  }
  if (visit.call().path.slug != film->film.slug) {
    return visit.moved(pages::address_of(film->film) + "/edit");
  }
  return visit.page(pages::film_edit_page(visit.context(), {film->film, film->fields, film->version, {}}));
}

// Fields that the body does not have were not on the form, and stay as they are.
forum::TypedFilm typed_film(const Pairs& fields) {
  forum::TypedFilm typed{.fields = {}, .version = first_value(fields, "version")};
  for (const std::string_view name : film_fields) {
    const auto found = std::ranges::find(fields, name, &Pairs::value_type::first);
    if (found != fields.end()) {
      typed.fields.push_back({found->first, found->second});
    }
  }
  return typed;
}

// "cast[3].name" of the API is the fourth item of the field here.
FieldError in_words_of_form(const FieldError& error) {
  const std::size_t end = std::min(error.field.find_first_of("[."), error.field.size());
  const std::string field = error.field.substr(0, end);
  std::string where = pages::film_field_label(field);
  std::size_t index = 0;
  if (end < error.field.size() && error.field[end] == '[') {
    std::from_chars(error.field.data() + end + 1, error.field.data() + error.field.size(), index);
    where += ", item " + std::to_string(index + 1);
  }
  if (const std::size_t dot = error.field.find('.'); dot != std::string::npos) {
    where += ", " + error.field.substr(dot + 1);
  }
  return {field, error.code, where + ": " + error.message};
}

std::string text_now(const forum::FilmInText& film, const std::string& field) {
  return std::ranges::find(film.fields, field, &FilmFieldText::field)->text;
}

// What others have changed meanwhile is said beside the field, where their text stands if nothing was typed.
void note_changes(const forum::FilmInText& film, const forum::TypedFilm& typed, pages::FilmEditPage& page) {
  const auto changed = forum::changed_since(film, typed.version);
  for (const std::string& field : changed) {
    const std::string now = text_now(film, field);
    page.form.errors.push_back(
        {field, "changed",
         pages::film_field_label(field) + ": somebody else changed this meanwhile. It is now " +
             (now.empty() ? std::string("empty.") : "“" + pages::beginning_of(now, shown_characters) + "”.")});
  }
  if (!changed.empty() && page.form.message.empty()) {
    page.form.message = "The film was changed while you edited it.";
  }
}

Response form_with_text(PageVisit& visit, const pages::FormState& state) {
  auto film = read_film(visit);
  if (!film) {
    return visit.refuse(film.error());
  }
  const forum::TypedFilm typed = typed_film(readable_fields(visit.call().request));
  pages::FilmEditPage page{film->film, forum::typed_over(*film, typed), film->version, state};
  std::ranges::transform(page.form.errors, page.form.errors.begin(), in_words_of_form);
  note_changes(*film, typed, page);
  return visit.page(pages::film_edit_page(visit.context(), page));
}

FormDone take_edit(PageVisit& visit) {
  const Result<Pairs> fields = form_fields(visit.call().request);
  if (!fields) {
    return {form_again(visit, fields.error(), &form_with_text), {}};
  }
  auto changed = write_form(visit, [&](Transaction& transaction) {
    return forum::edit_film_as_typed(transaction, visit.actor(), visit.call().id<FilmId>(), typed_film(*fields));
  });
  if (!changed) {
    return {form_again(visit, changed.error(), &form_with_text), {}};
  }
  return {see_other(pages::address_of(changed->view)), std::move(changed->news)};
}

Response history(PageVisit& visit) {
  const std::string after = visit.query("after");
  const forum::ListRequest list{after.empty() ? std::nullopt : std::optional(after), limits::page_items_default};
  const FilmId id = visit.call().id<FilmId>();
  auto page = visit.database().snapshot([&](Transaction& transaction) -> Result<pages::FilmHistoryPage> {
    auto changes = forum::read_film_history(transaction, visit.actor(), id, list);
    if (!changes) {
      return changes.error();
    }
    const auto film = forum::read_film_in_text(transaction, visit.actor(), id);
    return film ? Result<pages::FilmHistoryPage>(pages::FilmHistoryPage{film->film, std::move(*changes), {}})
                : film.error();
  });
  if (!page) {
    return visit.refuse(page.error());
  }
  const std::string address = pages::address_of(page->film) + "/history";
  if (visit.call().path.slug != page->film.slug) {
    return visit.moved(address);
  }
  if (page->changes.next) {
    page->next_address = address + "?after=" + encode_component(*page->changes.next);
  }
  return visit.page(pages::film_history_page(visit.context(), *page));
}

}  // namespace

std::vector<Route> film_edit_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/films/{id}-{slug}/edit", people, &form},
          {Method::post, "/films/{id}-{slug}/edit", people, &take_edit},
          {Method::get, "/films/{id}-{slug}/history", people, &history}};
}

}  // namespace foyer::http
