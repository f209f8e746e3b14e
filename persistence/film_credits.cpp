// Cast and crew of a batch of imported films.
#include <array>
#include <map>
#include <string>

#include "persistence/film_import.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

struct Credit {
  std::string department;
  int position = 0;
  PersonId person;
  std::string job;
  std::string character;
  friend bool operator==(const Credit&, const Credit&) = default;
};

constexpr Statement insert_people{"insert_people", R"(
  insert into people (name_key, name, slug)
  select * from unnest($1::text[], $2::text[], $3::text[]) as given (name_key, name, slug) order by name_key
  on conflict (name_key) do nothing)"};

constexpr Statement people_by_name_keys{"people_by_name_keys", R"(
  select name_key, id from people where name_key = any ($1::text[]))"};

// Everybody named in the lines, made when new.
std::map<std::string, PersonId> ensure_people(Transaction& transaction, const std::vector<ImportLine>& lines) {
  std::map<std::string, const FilmRecord::Person*> named;
  for (const ImportLine& line : lines) {
    for (const auto* people : {&line.film->cast, &line.film->crew}) {
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

std::vector<Credit> credits_of(const FilmRecord& film, const std::map<std::string, PersonId>& people) {
  std::vector<Credit> credits;
  int position = 0;
  for (const FilmRecord::Person& person : film.cast) {
    credits.push_back({"cast", ++position, people.at(person.name_key), "Cast", person.role});
  }
  position = 0;
  for (const FilmRecord::Person& person : film.crew) {
    credits.push_back({"crew", ++position, people.at(person.name_key), person.role, ""});
  }
  return credits;
}

constexpr Statement credits_of_films{"credits_of_films", R"(
  select film_id, department, position, person_id, job, character from film_people
  where film_id = any ($1::bigint[]) order by film_id, department, position)"};

std::map<FilmId, std::vector<Credit>> read_credits(Transaction& transaction, const std::vector<ImportLine>& lines) {
  ArrayText films;
  for (const ImportLine& line : lines) {
    if (!line.added) {
      films.add(line.id);
    }
  }
  std::map<FilmId, std::vector<Credit>> credits;
  for (const pqxx::row& columns : execute(transaction, credits_of_films, films.take())) {
    RowReader row{columns};
    const auto film = row.next<FilmId>();
    credits[film].push_back({.department = row.next<std::string>(),
                             .position = row.next<int>(),
                             .person = row.next<PersonId>(),
                             .job = row.next<std::string>(),
                             .character = row.next<std::string>()});
  }
  return credits;
}

constexpr Statement delete_credits{"delete_credits", "delete from film_people where film_id = any ($1::bigint[])"};

constexpr Statement insert_credits{"insert_credits", R"(
  insert into film_people (film_id, department, position, person_id, job, character)
  select * from unnest($1::bigint[], $2::text[], $3::integer[], $4::bigint[], $5::text[], $6::text[]))"};

void replace_credits(Transaction& transaction, const std::map<FilmId, std::vector<Credit>>& wanted) {
  ArrayText films;
  std::array<ArrayText, 6> columns;
  for (const auto& [film, credits] : wanted) {
    films.add(film);
    for (const Credit& credit : credits) {
      columns[0].add(film);
      columns[1].add(credit.department);
      columns[2].add(std::int64_t{credit.position});
      columns[3].add(credit.person);
      columns[4].add(credit.job);
      columns[5].add(credit.character);
    }
  }
  execute(transaction, delete_credits, films.take());
  execute(transaction, insert_credits, columns[0].take(), columns[1].take(), columns[2].take(), columns[3].take(),
          columns[4].take(), columns[5].take());
}

}  // namespace

void update_credits(Transaction& transaction, std::vector<ImportLine>& lines) {
  const std::map<std::string, PersonId> people = ensure_people(transaction, lines);
  const std::map<FilmId, std::vector<Credit>> present = read_credits(transaction, lines);
  std::map<FilmId, std::vector<Credit>> wanted;
  for (ImportLine& line : lines) {
    std::vector<Credit> credits = credits_of(*line.film, people);
    const auto before = present.find(line.id);
    if (before == present.end() ? !credits.empty() : before->second != credits) {
      line.changed = true;
      wanted.emplace(line.id, std::move(credits));
    }
  }
  if (!wanted.empty()) {
    replace_credits(transaction, wanted);
  }
}

}  // namespace foyer::persistence
