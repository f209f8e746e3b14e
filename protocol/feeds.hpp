// What feeds tell: posts with the thread that they stand in. Values like those of views.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/views.hpp"

namespace foyer {

struct FeedEntry {
  ThreadView thread;
  PostView post;  // visible; without body and html, as readers of feeds do not keep a spoiler closed
  // The text with "[spoiler]" in place of what is hidden; empty where nothing of it may stand uncovered.
  std::optional<std::string> html;
  friend bool operator==(const FeedEntry&, const FeedEntry&) = default;
};
using FeedEntries = std::vector<FeedEntry>;  // the newest first, at most limits::feed_entries

}  // namespace foyer
