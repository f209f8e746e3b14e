// The operator's libpq connection string or URI, completed with what every connection of Foyer needs: time-outs,
// UTC, the application's name. Settings travel in the start-up message, so that they cost no round trip.
#pragma once

#include <string>

namespace foyer::persistence {

// Throws std::invalid_argument when `url` is no connection string; its text may hold a password and is not quoted.
std::string complete_connection_string(const std::string& url);

}  // namespace foyer::persistence
