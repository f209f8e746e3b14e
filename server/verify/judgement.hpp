// Compares what the clients hold, what the writers were told and what the installation says. Pure.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "server/verify/change.hpp"
#include "server/verify/promise.hpp"
#include "server/verify/screen.hpp"

namespace foyer::verify {

using Truths = std::map<ThreadId, ThreadTruth>;

// Events and posts dense, each post in the state and revision that its events tell.
Promise judge_record(const Truths& truths);
// Each acknowledged change is in the record, once, in order; `own` is the member who made them.
// `unanswered` are posts with a change whose outcome is not known; of these only what was acknowledged is asked for.
Promise judge_changes(const Truths& truths, const std::vector<Change>& changes, UserId own,
                      const std::set<PostId>& unanswered);
Promise judge_repeats(const std::vector<Repeat>& repeats);
// Each event once and in order, none missing up to the head.
Promise judge_order(const Truths& truths, const std::vector<Screen>& screens);
// Each event seen is the one in the record, and the posts held at the end are the record's.
Promise judge_states(const Truths& truths, const std::vector<Screen>& screens);
// No text is shown in an event from whose seq on the record knows only tombstones.
Promise judge_removed_texts(const Truths& truths, const std::vector<Screen>& screens);

struct Reach {
  Durations changes;   // from sending the change to each open screen, the commit included
  Durations removals;  // of these the removals
  std::int64_t removed = 0;
  std::int64_t on_return = 0;  // screens that got a removal by catch-up or with the page
};
Reach measure_reach(const Truths& truths, const std::vector<Screen>& screens, const std::vector<Change>& changes);

}  // namespace foyer::verify
