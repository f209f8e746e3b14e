#include "tests/support/documented.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <boost/json/parse.hpp>

namespace foyer::testing {
namespace {

constexpr std::string_view root = "/api/v1";
// What any call may answer, see the description at the top of the document.
constexpr std::array<int, 11> common_refusals{400, 401, 405, 413, 415, 422, 429, 431, 500, 501, 503};

std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool fits(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const std::string_view given = take_segment(path);
    if (wanted == "{id}") {
      const auto is_digit = [](unsigned char byte) { return std::isdigit(byte) != 0; };
      if (given.empty() || !std::all_of(given.begin(), given.end(), is_digit)) return false;
    } else if (wanted == "{name}" ? given.empty() : wanted != given) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

const boost::json::object* find_operation(const boost::json::value& document, const std::string& method,
                                          std::string_view path) {
  std::string word = method == "HEAD" ? "get" : method;
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char byte) { return std::tolower(byte); });
  for (const auto& entry : document.at("paths").as_object()) {
    const boost::json::object& operations = entry.value().as_object();
    if (operations.contains(word) && fits(entry.key(), path)) return &operations.at(word).as_object();
  }
  return nullptr;
}

// The response that the operation has for this status, or that every call has; null when there is none.
const boost::json::value* find_response(const ApiSchemas& documents, const boost::json::object* operation, int status) {
  const auto& shared = documents.openapi().at_pointer("/components/responses").as_object();
  const auto* found = operation ? operation->at("responses").as_object().if_contains(std::to_string(status)) : nullptr;
  if (found == nullptr) {
    const bool common = std::find(common_refusals.begin(), common_refusals.end(), status) != common_refusals.end();
    return common || (operation == nullptr && status == 404) ? &shared.at("NotFound") : nullptr;
  }
  const auto* reference = found->as_object().if_contains("$ref");
  return reference ? &documents.resolve(documents.openapi(), std::string_view(reference->as_string())) : found;
}

std::vector<std::string> mistakes_of_content(const ApiSchemas& documents, const boost::json::value& response,
                                             const HttpAnswer& answer) {
  const auto* contents = response.as_object().if_contains("content");
  if (contents == nullptr) {
    return answer.body.empty() ? std::vector<std::string>{} : std::vector<std::string>{"has a body"};
  }
  const std::string type = answer.header("content-type");
  const auto* content = contents->as_object().if_contains(type.substr(0, type.find(';')));
  if (content == nullptr) return {"is of media type " + type};
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse(answer.body, failed);
  if (failed) return {"is no JSON: " + answer.body};
  return documents.mistakes_against(documents.openapi(), content->at("schema"), value);
}

}  // namespace

std::vector<std::string> mistakes_of_answer(const ApiSchemas& documents, const std::string& method,
                                            const std::string& target, const HttpAnswer& answer) {
  std::string_view path = std::string_view(target).substr(0, target.find('?'));
  if (!path.starts_with(std::string(root) + "/") || method == "OPTIONS") return {};
  path.remove_prefix(root.size());
  const auto* response = find_response(documents, find_operation(documents.openapi(), method, path), answer.status);
  if (response == nullptr) return {"status " + std::to_string(answer.status) + " is not described"};
  return method == "HEAD" ? std::vector<std::string>{} : mistakes_of_content(documents, *response, answer);
}

std::vector<std::string> mistakes_of_message(const ApiSchemas& documents, const boost::json::object& message) {
  const auto* type = message.if_contains("type");
  if (type == nullptr || !type->is_string()) return {"has no type"};
  const std::string_view word = type->get_string();
  const std::string name(word == "event" && !message.contains("seq") ? "snapshot" : word);
  const auto* described = documents.asyncapi().at_pointer("/components/messages").as_object().if_contains(name);
  if (described == nullptr) return {name + " is not described"};
  return documents.mistakes_against(documents.asyncapi(), described->at("payload"), message);
}

}  // namespace foyer::testing
