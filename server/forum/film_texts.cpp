#include "server/forum/film_texts.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "server/forum/password.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmRecord;

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t mark_digits = 12;  // of a field in a version

std::string in_lines(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    text += (text.empty() ? "" : "\n") + item;
  }
  return text;
}

std::string in_lines(const std::vector<FilmRecord::Person>& people) {
  std::vector<std::string> lines;
  lines.reserve(people.size());
  for (const FilmRecord::Person& person : people) {
    lines.push_back(person.role.empty() ? person.name : person.name + " | " + person.role);
  }
  return in_lines(lines);
}

std::string in_digits(const std::optional<int>& number) { return number ? std::to_string(*number) : std::string(); }

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string()
                                         : std::string(text.substr(first, text.find_last_not_of(blanks) + 1 - first));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (std::string line = trimmed(text.substr(0, end)); !line.empty()) {
      lines.push_back(std::move(line));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<GivenCredit> credits_of(std::string_view text) {
  std::vector<GivenCredit> credits;
  for (const std::string& line : lines_of(text)) {
    const std::size_t bar = line.find('|');
    credits.push_back({trimmed(std::string_view(line).substr(0, bar)),
                       bar == std::string::npos ? std::string() : trimmed(std::string_view(line).substr(bar + 1))});
  }
  return credits;
}

FilmNumber number_of(std::string_view text) {
  const std::string digits = trimmed(text);
  if (digits.empty()) {
    return {};
  }
  int number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = failed == std::errc() && end == digits.data() + digits.size();
  return {whole ? number : 0};
}

// Browsers send line ends of their own.
std::string with_plain_line_ends(const std::string& text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r' || at + 1 == text.size() || text[at + 1] != '\n') {
      plain += text[at];
    }
  }
  return plain;
}

std::string mark_of(const std::string& text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string mark;
  for (const char byte : sha256(text).substr(0, mark_digits / 2)) {
    mark += digits[static_cast<unsigned char>(byte) >> 4U];
    mark += digits[static_cast<unsigned char>(byte) & 0x0FU];
  }
  return mark;
}

// The mark of the field at this place of film_fields; "" when the version is none.
std::string_view mark_in(std::string_view version, std::size_t place) {
  return version.size() == film_fields.size() * mark_digits ? version.substr(place * mark_digits, mark_digits)
                                                            : std::string_view();
}

// What was typed for a field if it is not what the form had shown.
const FilmFieldText* typed_for(const TypedFilm& typed, std::size_t place) {
  const auto found = std::ranges::find(typed.fields, film_fields[place], &FilmFieldText::field);
  const bool changed =
      found != typed.fields.end() && mark_of(with_plain_line_ends(found->text)) != mark_in(typed.version, place);
  return changed ? &*found : nullptr;
}

}  // namespace

std::vector<FilmFieldText> film_texts(const FilmRecord& film) {
  const std::array<std::string, film_fields.size()> texts{film.title,
                                                          film.original_title,
                                                          in_lines(film.alternative_titles),
                                                          in_digits(film.year),
                                                          film.release_date,
                                                          in_digits(film.runtime_minutes),
                                                          film.synopsis,
                                                          film.synopsis_source,
                                                          film.synopsis_url,
                                                          in_lines(film.genres),
                                                          in_lines(film.countries),
                                                          in_lines(film.languages),
                                                          in_lines(film.cast),
                                                          in_lines(film.crew)};
  std::vector<FilmFieldText> fields;
  fields.reserve(texts.size());
  for (std::size_t place = 0; place < texts.size(); ++place) {
    fields.push_back({std::string(film_fields[place]), texts[place]});
  }
  return fields;
}

void take_typed(EditFilmRequest& request, const FilmFieldText& typed) {
  const auto take = [&](std::string_view field, auto& into, auto read) {
    if (typed.field == field) {
      into = read(typed.text);
    }
  };
  take("title", request.title, trimmed);
  take("original_title", request.original_title, trimmed);
  take("alternative_titles", request.alternative_titles, lines_of);
  take("year", request.year, number_of);
  take("release_date", request.release_date, trimmed);
  take("runtime_minutes", request.runtime_minutes, number_of);
  take("synopsis", request.synopsis, trimmed);
  take("synopsis_source", request.synopsis_source, trimmed);
  take("synopsis_url", request.synopsis_url, trimmed);
  take("genres", request.genres, lines_of);
  take("countries", request.countries, lines_of);
  take("languages", request.languages, lines_of);
  take("cast", request.cast, credits_of);
  take("crew", request.crew, credits_of);
}

FilmInText film_in_text(const persistence::StoredFilm& stored) {
  FilmInText text{.film = {stored.id, stored.film.slug, stored.film.title, stored.film.year},
                  .fields = film_texts(stored.film),
                  .version = {}};
  for (const FilmFieldText& field : text.fields) {
    text.version += mark_of(field.text);
  }
  return text;
}

std::vector<std::string> changed_since(const FilmInText& present, const std::string& version) {
  std::vector<std::string> changed;
  for (std::size_t place = 0; place < film_fields.size(); ++place) {
    if (mark_in(version, place) != mark_in(present.version, place)) {
      changed.emplace_back(film_fields[place]);
    }
  }
  return changed;
}

std::vector<FilmFieldText> typed_over(const FilmInText& present, const TypedFilm& typed) {
  std::vector<FilmFieldText> shown = present.fields;
  for (std::size_t place = 0; place < shown.size(); ++place) {
    if (const FilmFieldText* field = typed_for(typed, place)) {
      shown[place].text = field->text;
    }
  }
  return shown;
}

EditFilmRequest request_of(const FilmInText& present, const TypedFilm& typed) {
  EditFilmRequest request;
  for (std::size_t place = 0; place < present.fields.size(); ++place) {
    const FilmFieldText* field = typed_for(typed, place);
    if (field && with_plain_line_ends(field->text) != present.fields[place].text) {
      take_typed(request, *field);
    }
  }
  return request;
}

}  // namespace foyer::forum
