#include "server/forum/film_line.hpp"

#include <algorithm>
#include <charconv>

#include "server/forum/catalogue_import.hpp"
#include "server/forum/import_fields.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmRecord;

constexpr std::size_t title_characters = 300;
constexpr std::size_t word_characters = 100;  // genres, countries, languages, jobs, ids
constexpr std::size_t address_characters = 4'000;
constexpr std::size_t synopsis_characters = 5'000;
constexpr int first_year = 1870;
constexpr int last_year = 2200;
constexpr int longest_minutes = 60'000;  // the longest film known has 51,420

FilmRecord::Person person_of(const std::string& name, std::string role) {
  return FilmRecord::Person{name, slug_of(name), person_key_of(name), std::move(role)};
}

void add(std::vector<FilmRecord::Person>& people, FilmRecord::Person person) {
  const auto same = [&](const FilmRecord::Person& other) {
    return other.name_key == person.name_key && other.role == person.role;
  };
  if (std::none_of(people.begin(), people.end(), same)) {
    people.push_back(std::move(person));
  }
}

std::string indexed(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

void read_cast(const ImportFields& fields, FilmRecord& film) {
  const auto members = fields.objects("cast", "name");
  for (std::size_t index = 0; index < members.size(); ++index) {
    const ImportFields member(members[index], indexed("cast", index));
    add(film.cast, person_of(member.required_text("name", name_characters), member.text("character", name_characters)));
  }
}

// Directors and writers first: they are what a film is named by.
void read_crew(const ImportFields& fields, FilmRecord& film) {
  for (const std::string& name : fields.texts("directors", name_characters)) {
    add(film.crew, person_of(name, "Director"));
  }
  for (const std::string& name : fields.texts("writers", name_characters)) {
    add(film.crew, person_of(name, "Writer"));
  }
  const auto members = fields.objects("crew");
  for (std::size_t index = 0; index < members.size(); ++index) {
    const ImportFields member(members[index], indexed("crew", index));
    add(film.crew,
        person_of(member.required_text("name", name_characters), member.required_text("job", word_characters)));
  }
}

// As Wikipedia writes the addresses of its pages.
std::string wikipedia_url(const std::string& page) {
  constexpr std::string_view plain = "-_.~!$()*,:;@/'";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string url = "https://en.wikipedia.org/wiki/";
  for (const char character : page) {
    const auto byte = static_cast<unsigned char>(character);
    const bool letter = (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z';
    if (character == ' ') {
      url += '_';
    } else if (letter || (character >= '0' && character <= '9') || plain.find(character) != std::string_view::npos) {
      url += character;
    } else {
      url += '%';
      url += digits[byte >> 4U];
      url += digits[byte & 0x0FU];
    }
  }
  return url;
}

// Of an address that becomes a link.
std::string web_address(const ImportFields& fields, std::string_view field) {
  std::string url = fields.text(field, address_characters);
  if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://")) {
    throw BadField(fields.path_of(field), "must begin with https:// or http://");
  }
  return url;
}

void add(std::vector<ExternalId>& ids, ExternalId id) {
  if (!id.id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) {
    ids.push_back(std::move(id));
  }
}

void read_ids(const ImportFields& fields, FilmRecord& film) {
  add(film.external_ids, {"imdb", fields.text("imdb_id", title_characters)});
  add(film.external_ids, {"wikidata", fields.text("wikidata_id", title_characters)});
  const std::string page = fields.text("enwiki_title", title_characters);
  add(film.external_ids, {"enwiki", page});
  const auto others = fields.objects("external_ids");
  for (std::size_t index = 0; index < others.size(); ++index) {
    const ImportFields other(others[index], indexed("external_ids", index));
    add(film.external_ids,
        {other.required_text("source", word_characters), other.required_text("id", title_characters)});
  }
  film.synopsis_url = web_address(fields, "synopsis_url");
  if (film.synopsis_url.empty() && film.synopsis_source == "wikipedia" && !page.empty()) {
    film.synopsis_url = wikipedia_url(page);
  }
  if (film.external_ids.empty()) {
    const std::string year = film.year ? std::to_string(*film.year) : "unknown";
    film.external_ids.push_back(ExternalId{"title", film.slug + " (" + year + ")"});
  }
}

std::optional<int> year_of(const std::string& date) {
  int year = 0;
  std::from_chars(date.data(), date.data() + std::min<std::size_t>(4, date.size()), year);
  return year >= first_year && year <= last_year ? std::optional(year) : std::nullopt;
}

FilmRecord read_film_line(const ImportFields& fields) {
  FilmRecord film;
  film.title = fields.required_text("title", title_characters);
  film.slug = slug_of(film.title);
  film.original_title = fields.text("original_title", title_characters);
  film.alternative_titles = fields.texts("alternative_titles", title_characters);
  film.release_date = fields.date("release_date");
  film.year = fields.number("year", first_year, last_year);
  if (!film.year) {
    film.year = year_of(film.release_date);
  }
  film.runtime_minutes = fields.number("runtime_min", 1, longest_minutes);
  film.synopsis = fields.long_text("synopsis", synopsis_characters);
  film.synopsis_source = fields.text("synopsis_source", word_characters);
  film.genres = fields.texts("genres", word_characters);
  film.countries = fields.texts("countries", word_characters);
  film.languages = fields.texts("languages", word_characters);
  read_cast(fields, film);
  read_crew(fields, film);
  read_ids(fields, film);
  film.search_key = film_search_key(film);
  return film;
}

}  // namespace

std::string person_key_of(const std::string& name) {
  std::string key = search_key_of(name);
  return key.empty() ? name : key;
}

std::string film_search_key(const FilmRecord& film) {
  std::string key = search_key_of(film.title);
  const auto add_title = [&key](const std::string& title) {
    const std::string folded = search_key_of(title);
    if (!folded.empty() && folded != key) {
      key += " | " + folded;
    }
  };
  add_title(film.original_title);
  for (const std::string& title : film.alternative_titles) {
    add_title(title);
  }
  return key;
}

Result<FilmRecord> checked_film(const boost::json::object& line) {
  try {
    return read_film_line(ImportFields(line));
  } catch (const BadField& bad) {
    return invalid_field(bad.field, "invalid", bad.what());
  }
}

Result<FilmRecord> parse_film_line(std::string_view line) {
  try {
    return checked_film(parse_import_line(line));
  } catch (const BadField& bad) {
    return invalid_field(bad.field, "invalid", bad.what());
  }
}

}  // namespace foyer::forum
