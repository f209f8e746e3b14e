// The files of the web client, embedded in the program by the build (see CMakeLists.txt): each with its
// compressed forms, if it has any, and a name that carries the hash of its bytes, so it never changes under one
// address.
#pragma once

#include <span>
#include <string_view>

namespace foyer::http {

struct Asset {
  std::string_view name;  // "app.3f2a….js"
  std::string_view content_type;
  std::string_view body;
  std::string_view brotli;  // "" = none, as for fonts
  std::string_view gzip;
};

struct EmbeddedAssets {
  std::span<const Asset> files;
  std::string_view script;  // names of those that every page links
  std::string_view style;
  std::string_view font;
};

EmbeddedAssets embedded_assets();  // generated

}  // namespace foyer::http
