// Entities of Wikidata: reading them from files, and what one says about a film. Pure but for the files.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace foyer::forum {

// What reading meets. Views and objects are valid during the call.
struct EntityVisit {
  // Asked, where an id is seen without parsing, whether the entity matters; empty: all do.
  std::function<bool(std::string_view id)> wanted = {};
  std::function<void(std::int64_t line, const boost::json::object& entity)> take = {};
  // A line that is no entity.
  std::function<void(std::int64_t line, const std::string& reason)> bad = {};
};

// A dump (one array, an entity per line), a file of one entity per line, or the answer of Special:EntityData or
// wbgetentities, on one line or many; plain or gzip. A line over limits::import_entity_bytes is bad. Throws
// std::runtime_error, "file:line: reason", when the file cannot be read.
void read_entities(const std::string& path, const EntityVisit& visit);

// The English name, else one for all languages, else any; "" when it has none.
std::string label_of(const boost::json::object& entity);

// The entity as the object of a JSON line, with the ids of others in place of their names (name_of_id of
// waiting_films.hpp); nothing when it is no film.
std::optional<boost::json::object> film_of_entity(const boost::json::object& entity);

// A person with other spellings, as an item of the field "people" of a JSON line: the names in English besides, then
// those in other languages, each once; nothing for whoever is none or has none.
std::optional<boost::json::object> person_of_entity(const boost::json::object& entity);

// Once the names are there: "war film" is the genre "war" here, and countries are called as in the other formats.
void use_our_words(boost::json::object& film);

}  // namespace foyer::forum
