#include "server/forum/film_edit.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "persistence/film_edit_store.hpp"
#include "persistence/film_store.hpp"
#include "persistence/locks.hpp"
#include "persistence/moderation_store.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/film_line.hpp"
#include "server/forum/films.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

namespace json = boost::json;

using persistence::FilmRecord;
using persistence::StoredFilm;
using persistence::Transaction;

json::value in_json(const std::string& text) { return json::string(text); }

json::value in_json(const FilmNumber& number) { return number.value ? json::value(*number.value) : json::value(); }

json::value in_json(const std::vector<std::string>& items) { return json::array(items.begin(), items.end()); }

std::optional<json::value> in_json(const std::optional<std::vector<GivenCredit>>& credits, std::string_view part) {
  if (!credits) {
    return std::nullopt;
  }
  json::array list;
  for (const GivenCredit& credit : *credits) {
    list.push_back(json::object{{"name", credit.name}, {part, credit.part}});
  }
  return list;
}

template <class Given>
std::optional<json::value> in_json(const std::optional<Given>& given) {
  return given ? std::optional(in_json(*given)) : std::nullopt;
}

constexpr std::string_view runtime = "runtime_minutes";
constexpr std::string_view runtime_of_lines = "runtime_min";

// The message of an import names the field once more, and the runtime by another name.
Error named_as_in_request(Error error) {
  for (FieldError& wrong : error.fields) {
    if (const std::string prefix = wrong.field + ": "; wrong.message.starts_with(prefix)) {
      wrong.message.erase(0, prefix.size());
    }
    if (wrong.field == runtime_of_lines) {
      wrong.field = runtime;
    }
    error.detail = wrong.field + ": " + wrong.message;
  }
  return error;
}

// Takes the fields over one at a time, each through the check of a JSON line: so all mistakes are told at once, and
// nothing is said of what stays as it is.
class CheckedEdit {
 public:
  explicit CheckedEdit(const FilmRecord& present) : film_(present) {}

  Result<FilmRecord> run(const EditFilmRequest& request) {
    take("title", in_json(request.title), &FilmRecord::title);
    take("original_title", in_json(request.original_title), &FilmRecord::original_title);
    take("alternative_titles", in_json(request.alternative_titles), &FilmRecord::alternative_titles);
    take("year", in_json(request.year), &FilmRecord::year);
    const auto dated = take("release_date", in_json(request.release_date), &FilmRecord::release_date);
    if (dated && !request.year && !film_.year) {
      film_.year = dated->year;
    }
    take(runtime, in_json(request.runtime_minutes), &FilmRecord::runtime_minutes);
    take("synopsis", in_json(request.synopsis), &FilmRecord::synopsis);
    take("synopsis_source", in_json(request.synopsis_source), &FilmRecord::synopsis_source);
    take("synopsis_url", in_json(request.synopsis_url), &FilmRecord::synopsis_url);
    take("genres", in_json(request.genres), &FilmRecord::genres);
    take("countries", in_json(request.countries), &FilmRecord::countries);
    take("languages", in_json(request.languages), &FilmRecord::languages);
    take("cast", in_json(request.cast, "character"), &FilmRecord::cast);
    take("crew", in_json(request.crew, "job"), &FilmRecord::crew);
    if (auto refusal = checks_.refusal()) {
      return std::move(*refusal);
    }
    film_.slug = request.title ? slug_of(film_.title) : film_.slug;
    film_.search_key = film_search_key(film_);
    return std::move(film_);
  }

 private:
  template <class Value>
  std::optional<FilmRecord> take(std::string_view field, std::optional<json::value> given, Value FilmRecord::* member) {
    if (!given) {
      return std::nullopt;
    }
    json::object line{{"title", "Any"}};  // no line is without one
    line[field == runtime ? runtime_of_lines : field] = std::move(*given);
    Result<FilmRecord> checked = checked_film(line);
    if (!checked) {
      checks_.note(named_as_in_request(std::move(checked).error()));
      return std::nullopt;
    }
    film_.*member = (*checked).*member;
    return std::move(*checked);
  }

  FilmRecord film_;
  FieldChecks checks_;
};

// The departments whose credits are others now. Where only a name is spelled otherwise, the person is the same.
std::vector<std::string> changed_departments(const FilmRecord& before, const FilmRecord& after) {
  std::vector<std::string> departments;
  if (!persistence::same_people(before.cast, after.cast)) {
    departments.emplace_back("cast");
  }
  if (!persistence::same_people(before.crew, after.crew)) {
    departments.emplace_back("crew");
  }
  return departments;
}

bool same_besides_people(const FilmRecord& before, FilmRecord after) {
  after.cast = before.cast;
  after.crew = before.crew;
  return film_texts(before) == film_texts(after);
}

std::vector<persistence::FilmFieldChange> differences(const FilmRecord& before, const FilmRecord& after) {
  const std::vector<FilmFieldText> old_texts = film_texts(before);
  const std::vector<FilmFieldText> new_texts = film_texts(after);
  std::vector<persistence::FilmFieldChange> changes;
  for (std::size_t place = 0; place < old_texts.size(); ++place) {
    if (old_texts[place] != new_texts[place]) {
      changes.push_back({old_texts[place].field, old_texts[place].text, new_texts[place].text});
    }
  }
  return changes;
}

std::string in_words(std::string field) {
  std::ranges::replace(field, '_', ' ');
  return field;
}

std::string in_words(const std::vector<std::string>& fields) {
  std::string words;
  for (const std::string& field : fields) {
    words += (words.empty() ? "" : ", ") + in_words(field);
  }
  return words;
}

// The log has no column for a film: the note names it.
void audit(Transaction& transaction, const Actor& actor, const StoredFilm& film,
           const std::vector<persistence::FilmFieldChange>& changes) {
  std::vector<std::string> fields;
  fields.reserve(changes.size());
  for (const persistence::FilmFieldChange& change : changes) {
    fields.push_back(change.field);
  }
  const std::string note = "Film " + std::to_string(film.id.value) + ", " + film.film.title + ": " + in_words(fields);
  persistence::append_moderation_entry(transaction,
                                       {actor.user->id, "edit_film", std::nullopt, std::nullopt, "", note});
}

Result<StoredFilm> read_stored(Transaction& transaction, FilmId film) {
  auto found = persistence::read_film_records(transaction, {film});
  const auto stored = found.find(film);
  return stored == found.end() ? Result<StoredFilm>(no_such_film()) : Result<StoredFilm>(std::move(stored->second));
}

// The film under its lock, until the transaction ends.
Result<StoredFilm> lock_for_edit(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  if (!persistence::lock_film(transaction, film)) {
    return no_such_film();
  }
  return read_stored(transaction, film);
}

Result<Changed<FilmView>> edit_locked(Transaction& transaction, const Actor& actor, const StoredFilm& before,
                                      const EditFilmRequest& request) {
  const Result<FilmRecord> wanted = CheckedEdit(before.film).run(request);
  if (!wanted) {
    return wanted.error();
  }
  const std::vector<std::string> departments = changed_departments(before.film, *wanted);
  Changed<FilmView> changed;
  if (!departments.empty() || !same_besides_people(before.film, *wanted)) {
    persistence::update_film(transaction, before.id, *wanted, departments);
    // Read again, as a person stays spelled as the forum knows them.
    const StoredFilm after = read_stored(transaction, before.id).value();
    const auto changes = differences(before.film, after.film);
    persistence::append_film_changes(transaction, before.id, actor.user->id, changes);
    audit(transaction, actor, after, changes);
    persistence::move_film_facets(transaction, before.film, after.film);
    changed.news.snapshots.push_back(Channel{ChannelKind::film, before.id.value});
  }
  changed.view = read_film(transaction, before.id).value();
  return changed;
}

}  // namespace

Result<Changed<FilmView>> edit_film(Transaction& transaction, const Actor& actor, FilmId film,
                                    const EditFilmRequest& request) {
  const auto stored = lock_for_edit(transaction, actor, film);
  return stored ? edit_locked(transaction, actor, *stored, request) : stored.error();
}

Result<FilmInText> read_film_in_text(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  const auto stored = read_stored(transaction, film);
  return stored ? Result<FilmInText>(film_in_text(*stored)) : stored.error();
}

Result<Changed<FilmView>> edit_film_as_typed(Transaction& transaction, const Actor& actor, FilmId film,
                                             const TypedFilm& typed) {
  const auto stored = lock_for_edit(transaction, actor, film);
  if (!stored) {
    return stored.error();
  }
  const FilmInText present = film_in_text(*stored);
  if (const auto changed = changed_since(present, typed.version); !changed.empty()) {
    return refused(ErrorCode::conflict, "The film was changed while you edited it: " + in_words(changed) +
                                            ". Nothing is saved yet; look at these and save again.");
  }
  return edit_locked(transaction, actor, *stored, request_of(present, typed));
}

Result<ListView<FilmChangeView>> read_film_history(Transaction& transaction, const Actor& actor, FilmId film,
                                                   const ListRequest& list) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  if (!persistence::find_film_link(transaction, film)) {
    return no_such_film();
  }
  const auto before = number_position(list.after);
  if (!before) {
    return before.error();
  }
  persistence::FilmChangePage page = persistence::list_film_changes(transaction, film, *before, list.limit);
  return ListView<FilmChangeView>{std::move(page.items),
                                  page.next ? std::optional(to_cursor(*page.next)) : std::nullopt};
}

}  // namespace foyer::forum
