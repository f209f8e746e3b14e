// Other spellings of people's names, as imports bring them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"

namespace foyer::persistence {

inline constexpr std::size_t variants_per_person = 20;  // further ones are dropped

struct PersonVariants {
  std::string name_key;               // as people are known by
  std::vector<std::string> variants;  // at least one
};

// Of people who have none yet: what somebody wrote here, or an import before, stays. Unknown keys are passed over.
// Returns of how many.
std::int64_t fill_variants(Transaction& transaction, const std::vector<PersonVariants>& people);

}  // namespace foyer::persistence
