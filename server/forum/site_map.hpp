// What search engines are told to read.
#pragma once

#include <cstdint>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/result.hpp"
#include "protocol/site_map.hpp"

namespace foyer::forum {

SiteMapParts read_site_map(persistence::Transaction& transaction);
// not_found for a part with nothing in it. Never a page that guests cannot read.
Result<std::vector<SiteMapPage>> read_site_map_part(persistence::Transaction& transaction, SiteMapKind kind,
                                                    std::int64_t part);

}  // namespace foyer::forum
