// Pages for site maps. Part n holds the ids from (n - 1) · limits::sitemap_addresses + 1 to n ·
// limits::sitemap_addresses, so that a part costs the same wherever it is and keeps its place as others grow.
#pragma once

#include <cstdint>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/site_map.hpp"

namespace foyer::persistence {

// Numbers of the parts in which there are rows, in order: one look into an index per part. Of threads also those whose
// first posts are all removed. At most 15,000, as an index may name 50,000.
std::vector<std::int64_t> site_map_parts(Transaction& transaction, SiteMapKind kind);

// Films as of the last comment; threads with a visible first post, as of the last post; a film's own comments are on
// the page of the film. In order of id.
std::vector<SiteMapPage> site_map_pages(Transaction& transaction, SiteMapKind kind, std::int64_t part);

}  // namespace foyer::persistence
