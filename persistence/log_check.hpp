// Whether the event log and the posts of every thread are whole: what an operator asks after a restore, and what the
// delivery promise stands on. Reads only; set-based, one pass over each table, so it works on millions of events.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/transaction.hpp"

namespace foyer::persistence {

// One check with its figures: it looked at `examined` things and found `breaches`; the first few are named in words.
struct LogCheck {
  std::string_view promise;
  std::string_view unit;  // of `examined`: "events", "posts", …
  std::int64_t examined = 0;
  std::int64_t breaches = 0;
  std::vector<std::string> examples;  // at most limits::verify_named_breaches
  bool kept() const { return breaches == 0; }
};

// Runs every check. The transaction is a snapshot, so that all of them see one state while writers go on; its
// time-outs for statements are lifted, as the whole log is read.
std::vector<LogCheck> check_log(Transaction& transaction);

}  // namespace foyer::persistence
