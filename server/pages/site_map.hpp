// Site maps (sitemaps.org): an index, and its parts.
#pragma once

#include <string>
#include <vector>

#include "protocol/site_map.hpp"

namespace foyer::pages {

std::string site_map_index(const std::string& public_url, const SiteMapParts& parts);
std::string site_map_part(const std::string& public_url, SiteMapKind kind, const std::vector<SiteMapPage>& pages);

}  // namespace foyer::pages
