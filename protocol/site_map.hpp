// What a site map lists: the pages that everybody may read, in parts by their ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/timestamp.hpp"

namespace foyer {

enum class SiteMapKind { films, threads, people };

struct SiteMapPage {
  std::int64_t id = 0;
  std::string slug;
  std::optional<Timestamp> changed_at;  // empty: not known
  friend bool operator==(const SiteMapPage&, const SiteMapPage&) = default;
};

struct SiteMapParts {  // the numbers of those with something in them, each from 1
  std::vector<std::int64_t> films, threads, people;
  friend bool operator==(const SiteMapParts&, const SiteMapParts&) = default;
};

}  // namespace foyer
