// What every full page knows besides its content: who looks, where, and the addresses of the hashed assets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/errors.hpp"
#include "protocol/views.hpp"

namespace foyer::pages {

// What a browser is asked to look like; system: as the device says.
enum class Theme { system, light, dark };

struct AssetAddresses {
  std::string script;  // "/assets/app.3f2a….js"
  std::string style;
  std::string font;  // the roman, which every page needs; loaded ahead of the style that asks for it
};

struct PageContext {
  std::optional<UserView> viewer;
  std::string path;        // of the request, for `next` and aria-current
  std::string public_url;  // "https://foyer.example", for canonical addresses
  AssetAddresses assets;
  Theme theme = Theme::system;  // chosen on /settings
  std::string form_key;         // fresh random key, hidden in forms that post: a double click posts once
};

// Input given back with its errors when a form is shown again.
struct FormState {
  std::vector<FieldError> errors = {};
  std::string message = {};  // one line above the form, "" = none
  std::string preview = {};  // HTML: what the text in the form would look like, "" = not asked for
};

}  // namespace foyer::pages
