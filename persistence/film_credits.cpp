// Cast and crew of a batch of imported films, or of one that is edited.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>

#include "persistence/film_import.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement insert_people{"insert_people", R"(
  insert into people (name_key, name, slug)
  select * from unnest($1::text[], $2::text[], $3::text[]) as given (name_key, name, slug) order by name_key
  on conflict (name_key) do nothing)"};

constexpr Statement people_by_name_keys{"people_by_name_keys", R"(
  select name_key, id from people where name_key = any ($1::text[]))"};

// Everybody named in the lines, made when new.
std::map<std::string, PersonId> ensure_people(Transaction& transaction, const std::vector<const ImportLine*>& lines) {
  std::map<std::string, const FilmRecord::Person*> named;
  for (const ImportLine* line : lines) {
    for (const auto* people : {&line->film.cast, &line->film.crew}) {
      for (const FilmRecord::Person& person : *people) {
        named.emplace(person.name_key, &person);
      }
    }
  }
  ArrayText keys;
  ArrayText names;
  ArrayText slugs;
  for (const auto& [key, person] : named) {
    keys.add(key);
    names.add(person->name);
    slugs.add(person->slug);
  }
  const std::string all_keys = keys.take();
  execute(transaction, insert_people, all_keys, names.take(), slugs.take());
  std::map<std::string, PersonId> people;
  for (const pqxx::row& columns : execute(transaction, people_by_name_keys, all_keys)) {
    RowReader row{columns};
    auto key = row.next<std::string>();
    people.emplace(std::move(key), row.next<PersonId>());
  }
  return people;
}

constexpr Statement delete_credits{"delete_credits", R"(
  delete from film_people where film_id = any ($1::bigint[]) and department = any ($2::text[]))"};

constexpr Statement insert_credits{"insert_credits", R"(
  insert into film_people (film_id, department, position, person_id, job, character)
  select * from unnest($1::bigint[], $2::text[], $3::integer[], $4::bigint[], $5::text[], $6::text[]))"};

// The columns of insert_credits.
class Credits {
 public:
  void add(FilmId film, std::string_view department, std::size_t position, PersonId person, std::string_view job,
           std::string_view character) {
    columns_[0].add(film);
    columns_[1].add(department);
    columns_[2].add(static_cast<std::int64_t>(position));
    columns_[3].add(person);
    columns_[4].add(job);
    columns_[5].add(character);
  }

  void insert(Transaction& transaction) {
    execute(transaction, insert_credits, columns_[0].take(), columns_[1].take(), columns_[2].take(), columns_[3].take(),
            columns_[4].take(), columns_[5].take());
  }

 private:
  std::array<ArrayText, 6> columns_;
};

}  // namespace

void replace_credits(Transaction& transaction, const std::vector<const ImportLine*>& lines,
                     const std::vector<std::string>& departments) {
  const std::map<std::string, PersonId> people = ensure_people(transaction, lines);
  const bool with_cast = std::ranges::find(departments, "cast") != departments.end();
  const bool with_crew = std::ranges::find(departments, "crew") != departments.end();
  ArrayText films;
  Credits credits;
  for (const ImportLine* line : lines) {
    films.add(line->id);
    const auto& [cast, crew] = std::tie(line->film.cast, line->film.crew);
    for (std::size_t at = 0; with_cast && at < cast.size(); ++at) {
      credits.add(line->id, "cast", at + 1, people.at(cast[at].name_key), "Cast", cast[at].role);
    }
    for (std::size_t at = 0; with_crew && at < crew.size(); ++at) {
      credits.add(line->id, "crew", at + 1, people.at(crew[at].name_key), crew[at].role, "");
    }
  }
  execute(transaction, delete_credits, films.take(), departments);
  credits.insert(transaction);
}

}  // namespace foyer::persistence
