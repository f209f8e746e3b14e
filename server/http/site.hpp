// What is the same for every request of this node: its public address, its assets and the fields that every
// answer carries. Constant after start, so jobs on workers may read it.
#pragma once

#include <string>

#include "server/http/assets.hpp"
#include "server/http/cookies.hpp"
#include "server/http/message.hpp"
#include "server/http/origin.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::http {

struct Site {
  std::string public_url;  // without a slash at the end
  Origin origin;
  Transport transport = Transport::plain;
  EmbeddedAssets assets;
  pages::AssetAddresses asset_addresses;
  Headers security_headers;
};

// Throws std::runtime_error when the address is not an http or https origin.
Site make_site(const std::string& public_url, const EmbeddedAssets& assets);

}  // namespace foyer::http
