#include "server/forum/site_map.hpp"

#include "persistence/site_map_store.hpp"

namespace foyer::forum {

using persistence::Transaction;

namespace {

constexpr std::int64_t parts_max = 1'000'000'000;  // no id is that high

}  // namespace

SiteMapParts read_site_map(Transaction& transaction) {
  return {.films = persistence::site_map_parts(transaction, SiteMapKind::films),
          .threads = persistence::site_map_parts(transaction, SiteMapKind::threads),
          .people = persistence::site_map_parts(transaction, SiteMapKind::people)};
}

Result<std::vector<SiteMapPage>> read_site_map_part(Transaction& transaction, SiteMapKind kind, std::int64_t part) {
  std::vector<SiteMapPage> pages;
  if (part >= 1 && part <= parts_max) {
    pages = persistence::site_map_pages(transaction, kind, part);
  }
  if (pages.empty()) {
    return refused(ErrorCode::not_found, "There is no such part of the site map.");
  }
  return pages;
}

}  // namespace foyer::forum
