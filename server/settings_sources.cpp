#include <toml++/toml.h>
#include <unistd.h>

#include "server/config.hpp"

namespace foyer {
namespace {

std::string joined(const toml::array& values, bool& plain) {
  std::string text;
  for (const toml::node& value : values) {
    const auto item = value.value<std::string>();
    plain = plain && item.has_value();
    text += (text.empty() ? "" : ",") + item.value_or("");
  }
  return text;
}

}  // namespace

std::map<std::string, std::string> foyer_environment() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (text.starts_with("FOYER_") && equals != std::string_view::npos) {
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return variables;
}

std::variant<std::map<std::string, std::string>, ConfigErrors> read_settings_file(const std::string& path) {
  std::map<std::string, std::string> settings;
  try {
    const toml::table table = toml::parse_file(path);
    for (const auto& [key, value] : table) {
      bool plain = true;
      std::string text;
      if (const auto word = value.value<std::string>()) {
        text = *word;
      } else if (const auto number = value.value<std::int64_t>(); number && value.is_integer()) {
        text = std::to_string(*number);
      } else if (const toml::array* list = value.as_array()) {
        text = joined(*list, plain);
      } else {
        plain = false;
      }
      if (!plain) {
        return ConfigErrors{{path + ": " + std::string(std::string_view(key)) +
                             " must be a string, a whole number or a list of strings"}};
      }
      settings.emplace(std::string_view(key), text);
    }
  } catch (const toml::parse_error& error) {
    return ConfigErrors{
        {path + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description())}};
  }
  return settings;
}

}  // namespace foyer
