// The settings of contract and README: foyer.toml, overridden by environment variables FOYER_*. Every wrong or
// unknown key is reported, all at once, one clear line each. Secrets (passwords inside URLs) never stand in an
// error line.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/runtime/log.hpp"

namespace foyer {

struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
};

struct Config {
  Address listen{"127.0.0.1", 8080};
  std::string database_url = "postgresql:///foyer";
  Address redis{"127.0.0.1", 6379};
  std::string public_url;  // empty in the sources: http:// and the listen address
  int workers = 1;
  runtime::LogLevel log_level = runtime::LogLevel::info;
  bool rate_limits = true;
  Address metrics_listen{"", 0};  // host "" = /metrics on the main port
  std::vector<std::string> trusted_proxies;
  bool mail_configured = false;  // FOYER_SMTP_URL: read, but mail is not sent by this version
};

struct ConfigErrors {
  std::vector<std::string> lines;
};

// `file_settings`: keys as in foyer.toml ("listen"); `environment`: names as they are ("FOYER_LISTEN").
// Pure; the readers below fetch the sources.
std::variant<Config, ConfigErrors> make_config(const std::map<std::string, std::string>& file_settings,
                                               const std::map<std::string, std::string>& environment);

// The FOYER_* variables of this process.
std::map<std::string, std::string> foyer_environment();
// Reads a TOML file of plain keys; an array of strings becomes a comma-separated one.
std::variant<std::map<std::string, std::string>, ConfigErrors> read_settings_file(const std::string& path);

// "host:port", "[::1]:port". Port 0 to 65535.
bool parse_address(std::string_view text, Address& out);

}  // namespace foyer
