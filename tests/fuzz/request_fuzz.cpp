// The head of a request → admission → router. What is admitted is read a second time, from the raw bytes and by other
// code: no reader between a client and this server may see another request in them.
#include <algorithm>
#include <vector>

#include "protocol/limits.hpp"
#include "server/http/admission.hpp"
#include "server/http/encoded_pairs.hpp"
#include "server/http/handlers.hpp"
#include "server/http/router.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::http {
namespace {

using fuzz::require;

const Router& router() {
  static const Router all = [] {
    Router made;
    for (auto* routes : {&account_routes, &film_routes, &thread_routes, &post_routes, &moderation_routes, &page_routes,
                         &discussion_page_routes, &post_page_routes, &account_form_routes, &discussion_form_routes,
                         &post_form_routes, &settings_routes, &site_routes, &probe_routes, &metrics_routes}) {
      made.add(routes());
    }
    return made;
  }();
  return all;
}

struct Fields {
  int all = 0;
  std::vector<std::string> lengths;
  std::vector<std::string> codings;
  int hosts = 0;
};

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return small;
}

Fields fields_of(std::string_view raw) {
  Fields fields;
  for (std::size_t at = raw.find('\n') + 1; raw.substr(at) != "\r\n"; at = raw.find('\n', at) + 1) {
    const std::string_view line = raw.substr(at, raw.find('\n', at) - at - 1);
    require(!line.empty() && line[0] != ' ' && line[0] != '\t', "no line is folded or empty");
    const std::size_t colon = line.find(':');
    require(colon != std::string_view::npos, "every field has a colon");
    const std::string name = lower(line.substr(0, colon));
    require(name.find_first_of(" \t") == std::string::npos, "no blank stands in a field's name");
    std::string value = lower(line.substr(colon + 1));
    value.erase(0, value.find_first_not_of(" \t"));
    value.erase(value.find_last_not_of(" \t") + 1);
    ++fields.all;
    fields.hosts += name == "host" ? 1 : 0;
    if (name == "content-length") fields.lengths.push_back(value);
    if (name == "transfer-encoding") fields.codings.push_back(value);
  }
  return fields;
}

void check_framing(const Admitted& admitted, const Fields& fields) {
  require(fields.hosts == 1, "exactly one Host");
  require(fields.all == static_cast<int>(admitted.headers.size()), "every field is seen once");
  require(fields.lengths.size() + fields.codings.size() <= 1, "one way to know where the body ends");
  require((admitted.framing == Framing::chunked) == (fields.codings.size() == 1), "chunked when it says so");
  require(fields.codings.empty() || (fields.codings[0] == "chunked" && admitted.version == 11), "exactly chunked");
  require(admitted.length <= limits::http_body_bytes, "a bounded body");
  if (!fields.lengths.empty()) {
    std::string digits = fields.lengths[0];
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    require(digits == std::to_string(admitted.length), "the length that the client meant");
  }
}

FOYER_FUZZ_TARGET(request) {
  const auto admitted = admit(bytes);
  if (!admitted) {
    return;
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    require(bytes[at] != '\0', "no NUL");
    require(bytes[at] != '\n' || (at > 0 && bytes[at - 1] == '\r'), "no bare LF");
    require(bytes[at] != '\r' || (at + 1 < bytes.size() && bytes[at + 1] == '\n'), "no bare CR");
  }
  check_framing(*admitted, fields_of(bytes));
  require(admitted->path.starts_with('/') || admitted->path == "*", "a local path");
  const auto match = router().match(admitted->method, admitted->path);
  if (const auto* found = std::get_if<Router::Found>(&match)) {
    require(found->values.id >= 0, "ids are positive");
    require(valid_utf8(found->values.name), "names are text");
    require(found->route->pattern.find("{id}") == std::string_view::npos || found->values.id > 0, "an id is there");
  }
}

}  // namespace
}  // namespace foyer::http
