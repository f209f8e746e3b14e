// Feeds in Atom (RFC 4287). Ids are addresses without a slug, which stay as they are when a title changes.
#pragma once

#include <optional>
#include <string>

#include "protocol/feeds.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

struct AtomFeed {
  std::string title;
  std::string id;    // path without a slug: "/threads/7"
  std::string self;  // path of the feed
  std::string page;  // path of the page that says the same
  FeedEntries entries;
};
std::string atom_feed(const std::string& public_url, const AtomFeed& feed);

// When the last of it was written or edited; empty for no entries.
std::optional<Timestamp> updated_at(const FeedEntries& entries);

// Where the feed of a page is: its path with ".atom", "/feed.atom" of the front page.
std::string feed_of(const std::string& page);
inline constexpr Literal atom_type = "application/atom+xml";

}  // namespace foyer::pages
