#include "server/http/site.hpp"

#include <stdexcept>

namespace foyer::http {
namespace {

Headers security_headers(const Origin& origin) {
  const std::string policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
      "connect-src 'self' " +
      live_addresses(origin) +
      "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
      "trusted-types live-html";
  return Headers{{"Content-Security-Policy", policy},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Referrer-Policy", "same-origin"},
                 {"Cross-Origin-Opener-Policy", "same-origin"}};
}

std::string asset_address(std::string_view name) {
  return name.empty() ? std::string() : "/assets/" + std::string(name);
}

}  // namespace

Site make_site(const std::string& public_url, const EmbeddedAssets& assets) {
  const auto origin = origin_from_string(public_url);
  if (!origin) {
    throw std::runtime_error("the public address '" + public_url + "' must look like https://foyer.example");
  }
  Site site;
  site.public_url = public_url.ends_with('/') ? public_url.substr(0, public_url.size() - 1) : public_url;
  site.origin = *origin;
  site.transport = origin->secure() ? Transport::secure : Transport::plain;
  site.assets = assets;
  site.asset_addresses = {asset_address(assets.script), asset_address(assets.style), asset_address(assets.font)};
  site.security_headers = security_headers(*origin);
  return site;
}

}  // namespace foyer::http
