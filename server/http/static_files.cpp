#include "server/http/static_files.hpp"

#include <algorithm>

namespace foyer::http {
namespace {

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// Only zero matters: what is allowed at all is taken in our own order of preference.
bool has_zero_weight(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  return at != std::string_view::npos &&
         trimmed(parameters.substr(at + 2)).find_first_not_of("0.") == std::string_view::npos;
}

enum class Wish { unsaid, allowed, forbidden };

Wish wish_for(std::string_view accept_encoding, std::string_view coding) {
  Wish by_star = Wish::unsaid;
  while (!accept_encoding.empty()) {
    const std::size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view item = trimmed(accept_encoding.substr(0, end));
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view name = trimmed(item.substr(0, semicolon));
    const Wish wish = has_zero_weight(item.substr(semicolon)) ? Wish::forbidden : Wish::allowed;
    if (equal_ignoring_case(name, coding)) {
      return wish;
    }
    if (name == "*") {
      by_star = wish;
    }
  }
  return by_star;
}

}  // namespace

Encoding negotiate(std::string_view accept_encoding, bool has_brotli, bool has_gzip) {
  if (has_brotli && wish_for(accept_encoding, "br") == Wish::allowed) {
    return Encoding::brotli;
  }
  if (has_gzip && wish_for(accept_encoding, "gzip") == Wish::allowed) {
    return Encoding::gzip;
  }
  return Encoding::identity;
}

std::optional<Response> asset_response(std::span<const Asset> assets, std::string_view name, const Headers& headers) {
  const auto found = std::ranges::find(assets, name, &Asset::name);
  if (found == assets.end()) {
    return std::nullopt;
  }
  const Encoding encoding =
      negotiate(find_header(headers, "Accept-Encoding").value_or(""), !found->brotli.empty(), !found->gzip.empty());
  Response response{200, {}, found->body};
  std::string tag = "\"" + std::string(found->name);
  if (encoding == Encoding::brotli) {
    response.body = found->brotli;
    response.add("Content-Encoding", "br");
    tag += ".br";
  } else if (encoding == Encoding::gzip) {
    response.body = found->gzip;
    response.add("Content-Encoding", "gzip");
    tag += ".gz";
  }
  response.add("Content-Type", std::string(found->content_type));
  response.add("Cache-Control", "public, max-age=31536000, immutable");
  response.add("Vary", "Accept-Encoding");
  response.add("ETag", tag + "\"");
  return response;
}

}  // namespace foyer::http
