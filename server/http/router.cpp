#include "server/http/router.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "server/http/encoded_pairs.hpp"

namespace foyer::http {
namespace {

// The segment at the front of a path that starts with '/'; both lose it.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

// Reads the digits at the front as a positive id without leading zeros.
std::optional<std::int64_t> take_id(std::string_view& segment) {
  std::int64_t id = 0;
  const auto [end, failed] = std::from_chars(segment.data(), segment.data() + segment.size(), id);
  if (failed != std::errc() || id <= 0 || segment.front() == '0') {
    return std::nullopt;
  }
  segment.remove_prefix(static_cast<std::size_t>(end - segment.data()));
  return id;
}

bool match_id(std::string_view segment, bool with_slug, PathValues& values) {
  const auto id = take_id(segment);
  if (!id || (!segment.empty() && (!with_slug || segment.front() != '-'))) {
    return false;
  }
  values.id = *id;
  values.slug = segment.empty() ? std::string() : std::string(segment.substr(1));
  return true;
}

// Takes the literal text off both ends of a pattern with values in it, and the same off the segment.
bool take_literals(std::string_view& pattern, std::string_view& segment) {
  const std::string_view before = pattern.substr(0, pattern.find('{'));
  const std::string_view behind = pattern.substr(pattern.rfind('}') + 1);
  const std::size_t size = before.size() + behind.size();
  if (segment.size() < size || !segment.starts_with(before) || !segment.ends_with(behind)) {
    return false;
  }
  pattern = pattern.substr(before.size(), pattern.size() - size);
  segment = segment.substr(before.size(), segment.size() - size);
  return true;
}

bool match_segment(std::string_view pattern, std::string_view segment, PathValues& values) {
  if (pattern.find('{') == std::string_view::npos) {
    return pattern == segment;
  }
  if (!take_literals(pattern, segment)) {
    return false;
  }
  if (pattern == "{id}") {
    return match_id(segment, false, values);
  }
  if (pattern == "{id}-{slug}") {
    return match_id(segment, true, values);
  }
  if (pattern == "{name}") {
    auto name = decode_segment(segment);
    if (!name || name->empty() || name->find('/') != std::string::npos) {
      return false;
    }
    values.name = std::move(*name);
    return true;
  }
  return false;
}

std::optional<PathValues> match_path(std::string_view pattern, std::string_view path) {
  PathValues values;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const std::string_view given = take_segment(path);
    if (!match_segment(wanted, given, values)) {
      return std::nullopt;
    }
  }
  return pattern.empty() && path.empty() ? std::optional(std::move(values)) : std::nullopt;
}

void append_word(std::string& list, std::string_view word) {
  if (!list.empty()) {
    list += ", ";
  }
  list += word;
}

}  // namespace

void Router::add(Route route) { routes_.push_back(route); }

void Router::add(std::vector<Route> routes) { std::ranges::move(routes, std::back_inserter(routes_)); }

Router::Match Router::match(Method method, std::string_view path) const {
  if (!path.starts_with('/')) {
    return NotFound{};
  }
  const Method wanted = method == Method::head ? Method::get : method;
  std::string allow;
  for (const Route& route : routes_) {
    auto values = match_path(route.pattern, path);
    if (!values) {
      continue;
    }
    if (route.method == wanted) {
      return Found{&route, std::move(*values)};
    }
    append_word(allow, to_word(route.method));
    if (route.method == Method::get) {
      append_word(allow, to_word(Method::head));
    }
  }
  if (allow.empty()) {
    return NotFound{};
  }
  append_word(allow, to_word(Method::options));
  return OtherMethods{std::move(allow)};
}

}  // namespace foyer::http
