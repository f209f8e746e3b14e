#include "server/http/message.hpp"

#include <algorithm>
#include <array>

namespace foyer::http {
namespace {

constexpr std::array<std::string_view, 7> words{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

}  // namespace

std::string_view to_word(Method method) { return words[static_cast<std::size_t>(method)]; }

std::optional<Method> method_from_word(std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) {
    return std::nullopt;
  }
  return static_cast<Method>(found - words.begin());
}

bool equal_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  const auto found =
      std::ranges::find_if(headers, [&](const Header& field) { return equal_ignoring_case(field.first, name); });
  return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::size_t count_headers(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(
      std::ranges::count_if(headers, [&](const Header& field) { return equal_ignoring_case(field.first, name); }));
}

std::string Request::media_type() const {
  const std::string_view value = header("Content-Type").value_or("");
  std::string type(value.substr(0, value.find(';')));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) {
    type.pop_back();
  }
  std::ranges::transform(type, type.begin(), lower);
  return type;
}

std::string_view bytes_of(const Body& body) {
  if (const auto* own = std::get_if<std::string>(&body)) {
    return *own;
  }
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body)) {
    return **shared;
  }
  return std::get<std::string_view>(body);
}

void Response::set(std::string_view name, std::string value) {
  std::erase_if(headers, [&](const Header& field) { return equal_ignoring_case(field.first, name); });
  add(name, std::move(value));
}

void Response::add(std::string_view name, std::string value) { headers.emplace_back(name, std::move(value)); }

Response json_response(int status, std::string json) {
  Response response{status, {}, std::move(json)};
  response.add("Content-Type", "application/json");
  return response;
}

Response text_response(int status, std::string text) {
  Response response{status, {}, std::move(text)};
  response.add("Content-Type", "text/plain; charset=utf-8");
  return response;
}

Response empty_response(int status) { return Response{status, {}, std::string()}; }

Response see_other(std::string location) { return redirect(303, std::move(location)); }

Response redirect(int status, std::string location) {
  Response response = empty_response(status);
  response.add("Location", std::move(location));
  return response;
}

}  // namespace foyer::http
