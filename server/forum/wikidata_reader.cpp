// read_entities of wikidata_entity.hpp.
#include <stdexcept>

#include <boost/json/parse.hpp>

#include "protocol/limits.hpp"
#include "server/forum/import_report.hpp"
#include "server/forum/line_reader.hpp"
#include "server/forum/wikidata_entity.hpp"

namespace foyer::forum {
namespace {

// What dumps begin their lines with: an entity that nobody asks for need not be parsed.
std::string_view leading_id(std::string_view line) {
  constexpr std::string_view beginning = R"({"type":"item","id":")";
  if (!line.starts_with(beginning)) {
    return {};
  }
  line.remove_prefix(beginning.size());
  return line.substr(0, std::min(line.find('"'), line.size()));
}

std::string_view trimmed(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  return line.substr(begin, line.find_last_not_of(" \t,") + 1 - begin);
}

void visit_document(std::string_view text, std::int64_t line, const EntityVisit& visit) {
  if (const std::string_view id = leading_id(text); visit.wanted && !id.empty() && !visit.wanted(id)) {
    return;
  }
  boost::json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::system::error_code error;
  const boost::json::value document = boost::json::parse(text, error, {}, options);
  const auto* object = document.if_object();
  if (error || object == nullptr) {
    return visit.bad(line, error ? "not JSON in UTF-8" : "must be an object");
  }
  const auto* entities = object->if_contains("entities");
  if (entities == nullptr || !entities->is_object()) {
    return object->contains("id") ? visit.take(line, *object) : visit.bad(line, "is no entity");
  }
  for (const auto& [id, entity] : entities->get_object()) {
    if (entity.is_object()) {
      visit.take(line, entity.get_object());
    }
  }
}

// An entity spread over lines, by which it is a file of its own.
void visit_whole_file(LineReader& reader, const EntityVisit& visit) {
  const std::int64_t line = reader.number();
  std::string text;
  do {
    if (text.size() + reader.line().size() > limits::import_entity_bytes) {
      return visit.bad(line, too_long_reason(limits::import_entity_bytes));
    }
    text.append(reader.line()).append("\n");
  } while (reader.next());
  visit_document(text, line, visit);
}

}  // namespace

void read_entities(const std::string& path, const EntityVisit& visit) {
  LineReader reader(path, limits::import_entity_bytes);
  bool in_list = false;
  while (reader.next()) {
    const std::string_view line = trimmed(reader.line());
    if (line == "{") {
      return visit_whole_file(reader, visit);
    }
    if (reader.too_long()) {
      visit.bad(reader.number(), too_long_reason(limits::import_entity_bytes));
    } else if (line == "[" || line == "]") {
      in_list = line == "[";
    } else if (!line.empty()) {
      visit_document(line, reader.number(), visit);
    }
  }
  if (in_list) {
    throw std::runtime_error(path + ":" + std::to_string(reader.number()) +
                             ": the list does not end, the file is cut off");
  }
}

}  // namespace foyer::forum
