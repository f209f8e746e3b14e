#include "server/http/conditional.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

namespace foyer::http {
namespace {

std::string_view opaque(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

}  // namespace

std::string entity_tag(std::string_view bytes) {
  std::array<char, 16> digits{};
  const std::size_t hash = std::hash<std::string_view>{}(bytes);
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), hash, 16).ptr;
  return "W/\"" + std::string(digits.data(), end) + "-" + std::to_string(bytes.size()) + "\"";
}

bool names_tag(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view item = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
    item = item.substr(0, item.find_last_not_of(" \t") + 1);
    if (item == "*" || opaque(item) == opaque(tag)) {
      return true;
    }
  }
  return false;
}

void answer_if_changed(const Request& request, Response& response) {
  if (response.status != 200 || (request.method != Method::get && request.method != Method::head)) {
    return;
  }
  if (!response.header("ETag")) {
    response.add("ETag", entity_tag(bytes_of(response.body)));
  }
  if (names_tag(request.header("If-None-Match").value_or(""), *response.header("ETag"))) {
    response.status = 304;
    response.body = std::string();
    std::erase_if(response.headers, [](const Header& field) {
      return equal_ignoring_case(field.first, "Content-Type") || equal_ignoring_case(field.first, "Content-Encoding");
    });
  }
}

}  // namespace foyer::http
