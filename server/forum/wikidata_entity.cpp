#include "server/forum/wikidata_entity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include <boost/json/array.hpp>

#include "persistence/person_variants.hpp"
#include "protocol/limits.hpp"
#include "server/forum/film_line.hpp"
#include "server/forum/waiting_films.hpp"

namespace foyer::forum {
namespace {

namespace json = boost::json;

// What a film is an instance of: film, and its kinds that are used most.
constexpr std::array<std::string_view, 9> film_classes{
    "Q11424",     // film
    "Q24862",     // short film
    "Q506240",    // television film
    "Q202866",    // animated film
    "Q29168811",  // animated feature film
    "Q24869",     // feature film
    "Q93204",     // documentary film
    "Q226730",    // silent film
    "Q20650540",  // anime film
};

const json::object* object_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr ? value->if_object() : nullptr;
}

const json::array* list_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr ? value->if_array() : nullptr;
}

std::string_view text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string_view(text->data(), text->size()) : std::string_view();
}

// The value of a snak, an object or a text; nothing for "unknown" and "none".
const json::value* value_of(const json::object& snak) {
  const json::object* data = text_in(snak, "snaktype") == "value" ? object_in(snak, "datavalue") : nullptr;
  return data != nullptr ? data->if_contains("value") : nullptr;
}

struct Statement {
  const json::object* statement = nullptr;
  const json::value* value = nullptr;

  std::string_view text() const {
    const json::string* text = value->if_string();
    return text != nullptr ? std::string_view(text->data(), text->size()) : std::string_view();
  }
  std::string_view text(std::string_view name) const {
    const json::object* object = value->if_object();
    return object != nullptr ? text_in(*object, name) : std::string_view();
  }
  std::string_view item() const { return text("id"); }
  // The first value that qualifies the statement so; nothing when there is none.
  const json::value* qualifier(std::string_view property) const {
    const json::object* qualifiers = object_in(*statement, "qualifiers");
    const json::array* snaks = qualifiers != nullptr ? list_in(*qualifiers, property) : nullptr;
    const json::object* snak = snaks != nullptr && !snaks->empty() ? snaks->front().if_object() : nullptr;
    return snak != nullptr ? value_of(*snak) : nullptr;
  }
};

// The preferred ones when there are any, else all but those that are deprecated.
std::vector<Statement> statements(const json::object& entity, std::string_view property) {
  std::vector<Statement> normal;
  std::vector<Statement> preferred;
  const json::object* claims = object_in(entity, "claims");
  const json::array* list = claims != nullptr ? list_in(*claims, property) : nullptr;
  for (std::size_t at = 0; list != nullptr && at < list->size() && at < limits::import_list_items; ++at) {
    const json::object* statement = (*list)[at].if_object();
    const json::object* snak = statement != nullptr ? object_in(*statement, "mainsnak") : nullptr;
    const json::value* value = snak != nullptr ? value_of(*snak) : nullptr;
    if (value != nullptr && text_in(*statement, "rank") != "deprecated") {
      (text_in(*statement, "rank") == "preferred" ? preferred : normal).push_back({statement, value});
    }
  }
  return preferred.empty() ? normal : preferred;
}

json::array names_of(const json::object& entity, std::string_view property) {
  json::array names;
  for (const Statement& statement : statements(entity, property)) {
    if (!statement.item().empty()) {
      names.push_back(name_of_id(statement.item()));
    }
  }
  return names;
}

bool is_film(const json::object& entity) {
  return std::ranges::any_of(statements(entity, "P31"), [](const Statement& statement) {
    return std::ranges::count(film_classes, statement.item()) > 0;
  });
}

// The place in the cast, where it is given; the others come behind.
int place_of(const Statement& member) {
  const json::value* ordinal = member.qualifier("P1545");
  const json::string* text = ordinal != nullptr ? ordinal->if_string() : nullptr;
  int place = 0;
  const bool known = text != nullptr &&
                     std::from_chars(text->data(), text->data() + text->size(), place).ec == std::errc() && place > 0;
  return known ? place : std::numeric_limits<int>::max();
}

json::array cast_of(const json::object& entity) {
  std::multimap<int, Statement> members;  // equal places stay in order
  for (const Statement& member : statements(entity, "P161")) {
    members.emplace(place_of(member), member);
  }
  json::array cast;
  for (const auto& [place, member] : members) {
    if (member.item().empty()) {
      continue;
    }
    json::object person{{"name", name_of_id(member.item())}};
    const json::value* character = member.qualifier("P453");  // an item
    const json::value* in_words = member.qualifier("P4633");  // a text
    if (character != nullptr && character->is_object()) {
      person["character"] = name_of_id(text_in(character->get_object(), "id"));
    } else if (in_words != nullptr && in_words->is_string() && in_words->get_string().size() <= name_characters) {
      person["character"] = *in_words;
    }
    cast.push_back(std::move(person));
  }
  return cast;
}

json::array crew_of(const json::object& entity) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> jobs{
      {{"P344", "Cinematographer"}, {"P1040", "Editor"}, {"P86", "Composer"}, {"P162", "Producer"}}};
  json::array crew;
  for (const auto& [property, job] : jobs) {
    for (const Statement& statement : statements(entity, property)) {
      if (!statement.item().empty() && crew.size() < limits::import_list_items) {
        crew.push_back(json::object{{"name", name_of_id(statement.item())}, {"job", job}});
      }
    }
  }
  return crew;
}

// "+1957-10-12T00:00:00Z" of precision 11 is a day, of 10 a month, of 9 a year. The earliest, which is the first
// showing.
void add_date(const json::object& entity, json::object& film) {
  std::string earliest;
  for (const Statement& statement : statements(entity, "P577")) {
    const json::object* time = statement.value->if_object();
    const json::value* precision = time != nullptr ? time->if_contains("precision") : nullptr;
    const std::string_view text = statement.text("time");
    if (precision == nullptr || !precision->is_int64() || precision->get_int64() < 9 || !text.starts_with('+') ||
        text.size() < 11) {
      continue;
    }
    const std::string date(text.substr(1, precision->get_int64() >= 11 ? 10 : 4));
    if (earliest.empty() || date.substr(0, 4) < earliest.substr(0, 4) ||
        (date.substr(0, 4) == earliest.substr(0, 4) && date.size() >= earliest.size() &&
         (date < earliest || earliest.size() == 4))) {
      earliest = date;
    }
  }
  if (earliest.empty()) {
    return;
  }
  int year = 0;
  std::from_chars(earliest.data(), earliest.data() + 4, year);
  film["year"] = year;
  if (earliest.size() == 10) {
    film["release_date"] = earliest;
  }
}

void add_minutes(const json::object& entity, json::object& film) {
  for (const Statement& statement : statements(entity, "P2047")) {
    const std::string_view unit = statement.text("unit");
    const std::string amount(statement.text("amount"));
    const double factor = unit.ends_with("/Q7727")    ? 1
                          : unit.ends_with("/Q11574") ? 1.0 / 60
                          : unit.ends_with("/Q25235") ? 60
                                                      : 0;
    double value = 0;
    const char* begin = amount.c_str() + (amount.starts_with('+') ? 1 : 0);
    std::from_chars(begin, amount.c_str() + amount.size(), value);
    const double minutes = std::round(value * factor);
    if (minutes >= 1 && minutes <= 60'000) {
      film["runtime_min"] = static_cast<std::int64_t>(minutes);
      return;
    }
  }
}

void add_ids(const json::object& entity, json::object& film) {
  film["wikidata_id"] = text_in(entity, "id");
  for (const Statement& statement : statements(entity, "P345")) {
    if (statement.text().starts_with("tt") && !film.contains("imdb_id")) {
      film["imdb_id"] = statement.text();
    }
  }
  json::array others;
  for (const Statement& statement : statements(entity, "P4947")) {
    if (!statement.text().empty()) {
      others.push_back(json::object{{"source", "tmdb"}, {"id", statement.text()}});
    }
  }
  film["external_ids"] = std::move(others);
  const json::object* sitelinks = object_in(entity, "sitelinks");
  const json::object* page = sitelinks != nullptr ? object_in(*sitelinks, "enwiki") : nullptr;
  if (page != nullptr && !text_in(*page, "title").empty()) {
    film["enwiki_title"] = text_in(*page, "title");
  }
}

void add_titles(const json::object& entity, json::object& film) {
  const std::string title = label_of(entity);
  const std::vector<Statement> originals = statements(entity, "P1476");
  const std::string original(originals.empty() ? std::string_view() : originals.front().text("text"));
  film["title"] = title.empty() ? original : title;
  if (original != title && !title.empty()) {
    film["original_title"] = original;
  }
  json::array others;
  const json::object* aliases = object_in(entity, "aliases");
  const json::array* english = aliases != nullptr ? list_in(*aliases, "en") : nullptr;
  for (std::size_t at = 0; english != nullptr && at < english->size() && at < limits::import_other_titles; ++at) {
    const json::object* alias = (*english)[at].if_object();
    if (alias != nullptr && text_in(*alias, "value").size() <= limits::import_other_title_bytes) {
      others.emplace_back(text_in(*alias, "value"));
    }
  }
  film["alternative_titles"] = std::move(others);
}

}  // namespace

std::string label_of(const json::object& entity) {
  const json::object* labels = object_in(entity, "labels");
  if (labels == nullptr) {
    return "";
  }
  for (const char* language : {"en", "mul"}) {
    if (const json::object* label = object_in(*labels, language)) {
      return std::string(text_in(*label, "value"));
    }
  }
  const json::object* any = labels->empty() ? nullptr : labels->begin()->value().if_object();
  return any != nullptr ? std::string(text_in(*any, "value")) : "";
}

std::optional<json::object> film_of_entity(const json::object& entity) {
  if (!is_film(entity)) {
    return std::nullopt;
  }
  json::object film;
  add_titles(entity, film);
  add_ids(entity, film);
  add_date(entity, film);
  add_minutes(entity, film);
  film["directors"] = names_of(entity, "P57");
  film["writers"] = names_of(entity, "P58");
  film["cast"] = cast_of(entity);
  film["crew"] = crew_of(entity);
  film["genres"] = names_of(entity, "P136");
  film["countries"] = names_of(entity, "P495");
  film["languages"] = names_of(entity, "P364");
  return film;
}

std::optional<json::object> person_of_entity(const json::object& entity) {
  const auto of_people = [](const Statement& statement) { return statement.item() == "Q5"; };
  std::string name = label_of(entity);
  if (name.empty() || !std::ranges::any_of(statements(entity, "P31"), of_people)) {
    return std::nullopt;
  }
  std::set<std::string_view> known{name};
  json::array variants;
  const auto add = [&](const json::value& value) {
    const json::object* label = value.if_object();
    const std::string_view text = label != nullptr ? text_in(*label, "value") : std::string_view();
    if (!text.empty() && text.size() <= name_characters && variants.size() < persistence::variants_per_person &&
        known.insert(text).second) {
      variants.emplace_back(text);
    }
  };
  const json::object* aliases = object_in(entity, "aliases");
  const json::array* english = aliases != nullptr ? list_in(*aliases, "en") : nullptr;
  if (english != nullptr) {
    std::ranges::for_each(*english, add);
  }
  if (const json::object* labels = object_in(entity, "labels")) {
    std::ranges::for_each(*labels, [&](const json::key_value_pair& label) { add(label.value()); });
  }
  return variants.empty() ? std::nullopt
                          : std::optional(json::object{{"name", std::move(name)}, {"variants", std::move(variants)}});
}

void use_our_words(json::object& film) {
  for (json::value& value : film["genres"].as_array()) {
    std::string genre = value.get_string().c_str();
    std::ranges::transform(genre, genre.begin(), [](char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    if (genre.ends_with(" film")) {
      genre.resize(genre.size() - std::string_view(" film").size());
    }
    value = genre;
  }
  for (json::value& country : film["countries"].as_array()) {
    if (country.get_string() == "United States of America") {
      country = "United States";
    } else if (country.get_string() == "People's Republic of China") {
      country = "China";
    }
  }
}

}  // namespace foyer::forum
