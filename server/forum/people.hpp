// People of the catalogue as their pages show them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/people.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

struct PersonPageContent {
  PersonView person;  // without the filmography
  // The first films of each kind of work; or one kind, a page of it. None without films.
  std::vector<JobSection> sections;
  std::vector<ThreadView> threads;  // about the films, the newest ten; not beside one kind of work
  std::int64_t page_count = 1;
};

// `job` is "" or a word of JobGroup, `page_number` counts from 1 and is of that job. not_found for an unknown person or
// job and beyond the end. Run in a snapshot.
Result<PersonPageContent> read_person_page(persistence::Transaction& transaction, PersonId person,
                                           const std::string& job, std::int64_t page_number);

}  // namespace foyer::forum
