// A line of an import: what is taken as a film says the same when it is exported and read again, and nothing that an
// entity of Wikidata holds, however it is built, harms more than its own line.
#include <boost/json/parse.hpp>

#include "server/forum/catalogue_import.hpp"
#include "server/forum/film_export.hpp"
#include "server/forum/film_line.hpp"
#include "server/forum/wikidata_entity.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::forum {
namespace {

using fuzz::require;

FOYER_FUZZ_TARGET(catalogue_line) {
  if (const auto film = parse_film_line(bytes)) {
    const std::string line = film_json_line(*film);
    const auto again = parse_film_line(line);
    require(again.has_value() && film_json_line(*again) == line, "an exported film is read as the same");
  }
  boost::json::error_code error;
  const boost::json::value entity = boost::json::parse(bytes, error);
  if (!error && entity.is_object()) {
    if (auto film = film_of_entity(entity.get_object())) {
      static_cast<void>(checked_film(*film));
    }
  }
}

}  // namespace
}  // namespace foyer::forum
