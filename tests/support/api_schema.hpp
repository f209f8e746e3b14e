// Holds JSON values to the schemas of docs/openapi.yaml and docs/asyncapi.yaml. Stricter than JSON Schema in one
// point: a key that its schema does not describe is an error, so that the documents cannot fall behind the code.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "tests/support/yaml_document.hpp"

namespace foyer::testing {

class ApiSchemas {
 public:
  // The folder that holds both documents.
  explicit ApiSchemas(const std::string& folder)
      : openapi_(YamlDocument::read(folder + "/openapi.yaml")),
        asyncapi_(YamlDocument::read(folder + "/asyncapi.yaml")) {}

  const boost::json::value& openapi() const { return openapi_; }
  const boost::json::value& asyncapi() const { return asyncapi_; }

  // What is wrong with a value as an instance of openapi.yaml#/components/schemas/NAME, one line each.
  std::vector<std::string> mistakes(std::string_view schema_name, const boost::json::value& value) const {
    return mistakes_in(openapi_, schema_name, value);
  }
  std::vector<std::string> live_mistakes(std::string_view schema_name, const boost::json::value& value) const {
    return mistakes_in(asyncapi_, schema_name, value);
  }

  // The same for a schema that stands anywhere in one of the two documents.
  std::vector<std::string> mistakes_against(const boost::json::value& document, const boost::json::value& schema,
                                            const boost::json::value& value) const {
    Mistakes found;
    check(document, schema, value, "(document)", found);
    return found;
  }

  // What a $ref points at; throws when it points nowhere.
  const boost::json::value& resolve(const boost::json::value& document, std::string_view reference) const {
    const std::size_t hash = reference.find('#');
    const boost::json::value& target = hash == 0 ? document : openapi_;
    if (hash != 0 && reference.substr(0, hash) != "openapi.yaml") {
      throw std::runtime_error("a reference to another file: " + std::string(reference));
    }
    return target.at_pointer(reference.substr(hash + 1));
  }

 private:
  using Mistakes = std::vector<std::string>;

  Mistakes mistakes_in(const boost::json::value& document, std::string_view name,
                       const boost::json::value& value) const {
    Mistakes found;
    check(document, document.at_pointer("/components/schemas/" + std::string(name)), value, std::string(name), found);
    return found;
  }

  void check(const boost::json::value& document, const boost::json::value& schema, const boost::json::value& value,
             const std::string& path, Mistakes& found) const {
    const boost::json::object& rules = schema.as_object();
    if (const auto* reference = rules.if_contains("$ref")) {
      const std::string_view target = reference->as_string();
      check(target.starts_with('#') ? document : openapi_, resolve(document, target), value, path, found);
      return;
    }
    check_one_of(document, rules, value, path, found);
    check_type(rules, value, path, found);
    check_constants(rules, value, path, found);
    if (value.is_object()) {
      check_object(document, rules, value.get_object(), path, found);
    } else if (value.is_array()) {
      check_array(document, rules, value.get_array(), path, found);
    } else if (value.is_string()) {
      check_string(rules, value.get_string(), path, found);
    } else if (value.is_number()) {
      check_number(rules, number_of(value), path, found);
    }
  }

  void check_one_of(const boost::json::value& document, const boost::json::object& rules,
                    const boost::json::value& value, const std::string& path, Mistakes& found) const {
    const auto* choices = rules.if_contains("oneOf");
    if (!choices) {
      return;
    }
    int fitting = 0;
    Mistakes why;
    for (const boost::json::value& choice : choices->as_array()) {
      Mistakes mistakes;
      check(document, choice, value, path, mistakes);
      fitting += mistakes.empty() ? 1 : 0;
      why.insert(why.end(), mistakes.begin(), mistakes.end());
    }
    if (fitting != 1) {
      found.push_back(path + ": fits " + std::to_string(fitting) + " of the choices");
      found.insert(found.end(), why.begin(), why.end());
    }
  }

  static std::string_view type_of(const boost::json::value& value) {
    if (value.is_null()) {
      return "null";
    }
    if (value.is_bool()) {
      return "boolean";
    }
    if (value.is_string()) {
      return "string";
    }
    if (value.is_array()) {
      return "array";
    }
    if (value.is_object()) {
      return "object";
    }
    return value.is_double() ? "number" : "integer";
  }

  static double number_of(const boost::json::value& value) {
    if (const std::int64_t* whole = value.if_int64()) {
      return static_cast<double>(*whole);
    }
    return value.is_double() ? value.get_double() : static_cast<double>(value.as_uint64());
  }

  static bool type_fits(std::string_view wanted, std::string_view given) {
    return wanted == given || (wanted == "number" && given == "integer");
  }

  static void check_type(const boost::json::object& rules, const boost::json::value& value, const std::string& path,
                         Mistakes& found) {
    const auto* wanted = rules.if_contains("type");
    if (!wanted) {
      return;
    }
    bool fits = false;
    const boost::json::array types = wanted->is_array() ? wanted->get_array() : boost::json::array{*wanted};
    for (const boost::json::value& type : types) {
      fits = fits || type_fits(std::string_view(type.as_string()), type_of(value));
    }
    if (!fits) {
      found.push_back(path + ": is of type " + std::string(type_of(value)));
    }
  }

  static void check_constants(const boost::json::object& rules, const boost::json::value& value,
                              const std::string& path, Mistakes& found) {
    if (const auto* constant = rules.if_contains("const"); constant && *constant != value) {
      found.push_back(path + ": is not " + boost::json::serialize(*constant));
    }
    if (const auto* choices = rules.if_contains("enum")) {
      const boost::json::array& known = choices->as_array();
      if (std::find(known.begin(), known.end(), value) == known.end()) {
        found.push_back(path + ": is none of " + boost::json::serialize(*choices));
      }
    }
  }

  void check_object(const boost::json::value& document, const boost::json::object& rules,
                    const boost::json::object& value, const std::string& path, Mistakes& found) const {
    if (const auto* required = rules.if_contains("required")) {
      for (const boost::json::value& name : required->as_array()) {
        if (!value.contains(name.as_string())) {
          found.push_back(path + ": lacks " + std::string(name.as_string()));
        }
      }
    }
    const auto* properties = rules.if_contains("properties");
    for (const auto& member : value) {
      const std::string within = path + "." + std::string(member.key());
      const auto* schema = properties ? properties->as_object().if_contains(member.key()) : nullptr;
      if (schema) {
        check(document, *schema, member.value(), within, found);
      } else if (!rules.contains("oneOf")) {
        found.push_back(within + ": is not described");
      }
    }
  }

  void check_array(const boost::json::value& document, const boost::json::object& rules,
                   const boost::json::array& value, const std::string& path, Mistakes& found) const {
    check_bounds(rules, "minItems", "maxItems", static_cast<double>(value.size()), path, found);
    for (std::size_t index = 0; index < value.size(); ++index) {
      check(document, rules.at("items"), value[index], path + "[" + std::to_string(index) + "]", found);
    }
  }

  static void check_string(const boost::json::object& rules, std::string_view value, const std::string& path,
                           Mistakes& found) {
    double characters = 0;
    for (const char byte : value) {
      characters += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
    }
    check_bounds(rules, "minLength", "maxLength", characters, path, found);
    const auto* pattern = rules.if_contains("pattern");
    if (pattern && !std::regex_search(std::string(value), compiled(std::string(pattern->as_string())))) {
      found.push_back(path + ": does not match " + std::string(pattern->as_string()));
    }
  }

  // Compiling takes far longer than matching, and answers are many. One thread at a time: libstdc++'s compiler fills a
  // table of the global locale without a lock. What was compiled stays where it is and is only read.
  static const std::regex& compiled(const std::string& pattern) {
    static std::mutex compiling;
    static std::map<std::string, std::regex> known;
    const std::lock_guard lock(compiling);
    const auto found = known.find(pattern);
    return found != known.end() ? found->second : known.emplace(pattern, std::regex(pattern)).first->second;
  }

  static void check_number(const boost::json::object& rules, double value, const std::string& path, Mistakes& found) {
    check_bounds(rules, "minimum", "maximum", value, path, found);
  }

  static void check_bounds(const boost::json::object& rules, std::string_view least, std::string_view most,
                           double value, const std::string& path, Mistakes& found) {
    if (const auto* bound = rules.if_contains(least); bound && value < number_of(*bound)) {
      found.push_back(path + ": is below " + std::string(least));
    }
    if (const auto* bound = rules.if_contains(most); bound && value > number_of(*bound)) {
      found.push_back(path + ": is above " + std::string(most));
    }
  }

  boost::json::value openapi_;
  boost::json::value asyncapi_;
};

}  // namespace foyer::testing
