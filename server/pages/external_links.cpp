#include "server/pages/external_links.hpp"

#include "server/pages/addresses.hpp"

namespace foyer::pages {

std::optional<ExternalLink> external_link(const ExternalId& external) {
  if (external.source == "imdb") {
    return ExternalLink{"IMDb", "https://www.imdb.com/title/" + encoded(external.id) + "/"};
  }
  if (external.source == "wikidata") {
    return ExternalLink{"Wikidata", "https://www.wikidata.org/wiki/" + encoded(external.id)};
  }
  if (external.source == "enwiki") {
    return ExternalLink{"Wikipedia", "https://en.wikipedia.org/wiki/" + encoded(external.id)};
  }
  if (external.source == "tmdb") {
    return ExternalLink{"TMDB", "https://www.themoviedb.org/movie/" + encoded(external.id)};
  }
  return std::nullopt;
}

}  // namespace foyer::pages
