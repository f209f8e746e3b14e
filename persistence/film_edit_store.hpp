// Changes of films by hand, and their history (migration 0019).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/film_store.hpp"
#include "persistence/transaction.hpp"
#include "protocol/film_edit.hpp"

namespace foyer::persistence {

// Makes the film what the record says; the film must be locked. Of its credits only those departments ("cast", "crew")
// that are named: a trigger notes each one that is written as edited. The record's external ids are not looked at.
void update_film(Transaction& transaction, FilmId film, const FilmRecord& record,
                 const std::vector<std::string>& departments);

struct FilmFieldChange {
  std::string field;
  std::string old_text;
  std::string new_text;  // another one
};
void append_film_changes(Transaction& transaction, FilmId film, UserId member,
                         const std::vector<FilmFieldChange>& changes);

struct FilmChangePage {
  std::vector<FilmChangeView> items;  // newest first
  std::optional<std::int64_t> next;   // id of the last item when there are more
};
FilmChangePage list_film_changes(Transaction& transaction, FilmId film, std::optional<std::int64_t> before, int limit);

}  // namespace foyer::persistence
