// Answers for files that never change under their address: found by exact name in a fixed table (no paths, so
// nothing to traverse), sent as brotli or gzip when the client takes it. Pure functions, any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "server/http/assets.hpp"
#include "server/http/message.hpp"

namespace foyer::http {

enum class Encoding { identity, gzip, brotli };

// The best encoding of those offered that Accept-Encoding allows. "gzip;q=0" forbids, "*" counts.
Encoding negotiate(std::string_view accept_encoding, bool has_brotli, bool has_gzip);

// Empty when there is no such file.
std::optional<Response> asset_response(std::span<const Asset> assets, std::string_view name, const Headers& headers);

}  // namespace foyer::http
