#include "server/forum/film_merge.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

#include "protocol/limits.hpp"
#include "server/forum/film_line.hpp"
#include "server/forum/search_titles.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmRecord;
using persistence::StoredFilm;
using People = std::vector<FilmRecord::Person>;

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

std::vector<std::string> merged_titles(const FilmRecord& present, const FilmRecord& given, const FilmRecord& film) {
  std::vector<std::string> titles = present.alternative_titles;
  for (const std::string& title : given.alternative_titles) {
    const bool known = contains(titles, title) || title == film.title || title == film.original_title;
    if (!known && titles.size() < limits::import_list_items) {
      titles.push_back(title);
    }
  }
  return titles;
}

// Also spelled otherwise, or in the role: "Tatyana Samoylova" is "Tatiana Samoilova", and both are Veronika.
bool names(const People& cast, const FilmRecord::Person& person) {
  constexpr std::size_t letters = 2;  // that two spellings of a name differ in
  return std::ranges::any_of(cast, [&](const FilmRecord::Person& other) {
    return letters_apart(other.name_key, person.name_key, letters) <= letters ||
           (!person.role.empty() && other.role == person.role);
  });
}

// In the order that the import gives, then whom it does not name. Whoever has two roles keeps them only if the import
// knows as many.
People merged_cast(const People& present, const People& given) {
  if (given.empty()) {
    return present;
  }
  People cast = given;
  for (FilmRecord::Person& person : cast) {
    const auto before = std::ranges::find(present, person.name_key, &FilmRecord::Person::name_key);
    const auto with_key = [&](const FilmRecord::Person& other) { return other.name_key == person.name_key; };
    if (person.role.empty() && before != present.end() && std::ranges::count_if(cast, with_key) == 1) {
      person.role = before->role;
    }
  }
  for (const FilmRecord::Person& person : present) {
    if (!names(given, person) && cast.size() < limits::import_list_items) {
      cast.push_back(person);
    }
  }
  return cast;
}

int rank(const FilmRecord::Person& person) { return person.role == "Director" ? 0 : person.role == "Writer" ? 1 : 2; }

// Directors and writers first: they are what a film is named by.
People in_order(const People& crew) {
  People ordered;
  for (const int wanted : {0, 1, 2}) {
    std::ranges::copy_if(crew, std::back_inserter(ordered),
                         [&](const FilmRecord::Person& person) { return rank(person) == wanted; });
  }
  return ordered;
}

People merged_crew(const People& present, const People& given) {
  People crew = given;
  for (const FilmRecord::Person& person : present) {
    if (std::ranges::find(given, person.role, &FilmRecord::Person::role) == given.end()) {
      crew.push_back(person);
    }
  }
  if (given.empty()) {
    return present;
  }
  return crew.size() > given.size() ? in_order(crew) : crew;
}

class Merge {
 public:
  Merge(const StoredFilm& present, const FilmRecord& given) : present_(present), given_(given), film_(present.film) {}

  MergedFilm run() {
    take("title", &FilmRecord::title);
    if (film_.title == given_.title) {
      film_.slug = given_.slug;
    }
    take("original_title", &FilmRecord::original_title);
    take("runtime_minutes", &FilmRecord::runtime_minutes);
    take("genres", &FilmRecord::genres);
    take("countries", &FilmRecord::countries);
    take("languages", &FilmRecord::languages);
    take_date();
    take_synopsis();
    const FilmRecord& before = present_.film;
    if (!present_.told_before || before.cast.empty()) {
      set("cast", film_.cast, merged_cast(before.cast, given_.cast), persistence::same_people);
    }
    set("crew", film_.crew,
        present_.told_before ? merged_crew(given_.crew, before.crew) : merged_crew(before.crew, given_.crew),
        persistence::same_people);
    set("alternative_titles", film_.alternative_titles, merged_titles(before, given_, film_), std::ranges::equal_to{});
    film_.search_key = film_search_key(film_);
    return {std::move(film_), kept_edit_};
  }

 private:
  template <class Value, class Same>
  void set(std::string_view field, Value& value, Value wanted, Same same) {
    if (same(value, wanted)) {
      return;
    }
    if (contains(present_.edited_fields, field)) {
      kept_edit_ = true;
    } else {
      value = std::move(wanted);
    }
  }

  template <class Value>
  void take(std::string_view field, Value FilmRecord::* member) {
    if (given_.*member != Value{} && (!present_.told_before || film_.*member == Value{})) {
      set(field, film_.*member, given_.*member, std::ranges::equal_to{});
    }
  }

  void take_date() {
    const bool day_stands = given_.release_date.empty() && !film_.release_date.empty();
    const bool year_stands = present_.told_before && film_.year && given_.year != film_.year;
    const bool told = present_.told_before && !film_.release_date.empty();
    if ((given_.release_date.empty() && !given_.year) || day_stands || year_stands || told) {
      return;
    }
    using Date = std::pair<std::string, std::optional<int>>;
    Date date{film_.release_date, film_.year};
    set("release_date", date, Date{given_.release_date, given_.year ? given_.year : film_.year},
        std::ranges::equal_to{});
    std::tie(film_.release_date, film_.year) = date;
  }

  // A text comes with its source.
  void take_synopsis() {
    if (given_.synopsis.empty()) {
      return;
    }
    const auto text = [](FilmRecord& film) { return std::tie(film.synopsis, film.synopsis_source, film.synopsis_url); };
    FilmRecord wanted = given_;
    if (text(film_) == text(wanted) || (present_.told_before && !film_.synopsis.empty())) {
      return;
    }
    if (contains(present_.edited_fields, "synopsis")) {
      kept_edit_ = true;
    } else {
      text(film_) = text(wanted);
    }
  }

  const StoredFilm& present_;
  const FilmRecord& given_;
  FilmRecord film_;
  bool kept_edit_ = false;
};

}  // namespace

MergedFilm merge_film(const StoredFilm& present, const FilmRecord& given) { return Merge(present, given).run(); }

}  // namespace foyer::forum
