#include "server/config.hpp"

#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <set>

namespace foyer {
namespace {

// Sets one value; returns what is wrong with it, "" when nothing is.
using Setter = std::string (*)(Config&, const std::string&);

struct Setting {
  std::string_view key;  // in foyer.toml; the environment has FOYER_ and capitals
  Setter set;
};

constexpr int workers_max = 64;

std::string set_listen(Config& config, const std::string& value) {
  return parse_address(value, config.listen) ? "" : "must be host:port";
}

std::string set_database_url(Config& config, const std::string& value) {
  config.database_url = value;
  return value.empty() ? "must not be empty" : "";
}

std::string set_redis_url(Config& config, const std::string& value) {
  constexpr std::string_view scheme = "redis://";
  std::string_view rest = value;
  if (!rest.starts_with(scheme)) {
    return "must be redis://host:port";
  }
  rest.remove_prefix(scheme.size());
  if (rest.ends_with('/')) {
    rest.remove_suffix(1);
  }
  return parse_address(rest, config.redis) && config.redis.port != 0 ? "" : "must be redis://host:port";
}

std::string set_public_url(Config& config, const std::string& value) {
  std::string_view rest = value;
  if (rest.ends_with('/')) {
    rest.remove_suffix(1);
  }
  config.public_url = rest;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (rest.starts_with(scheme)) {
      rest.remove_prefix(scheme.size());
      const bool origin_only = !rest.empty() && rest.find_first_of("/?#@ ") == std::string_view::npos;
      const bool has_port =
          rest.find(':', rest.rfind(']') == std::string_view::npos ? 0 : rest.rfind(']')) != rest.npos;
      Address address;
      return origin_only && (!has_port || parse_address(rest, address))
                 ? ""
                 : "must be scheme://host or scheme://host:port, without a path";
    }
  }
  return "must start with http:// or https://";
}

std::string set_workers(Config& config, const std::string& value) {
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), config.workers);
  const bool number = error == std::errc{} && end == value.data() + value.size();
  return number && config.workers >= 1 && config.workers <= workers_max ? "" : "must be a number from 1 to 64";
}

std::string set_log_level(Config& config, const std::string& value) {
  using runtime::LogLevel;
  constexpr std::array words{std::pair{"debug", LogLevel::debug}, std::pair{"info", LogLevel::info},
                             std::pair{"warning", LogLevel::warning}, std::pair{"error", LogLevel::error}};
  for (const auto& [word, level] : words) {
    if (value == word) {
      config.log_level = level;
      return "";
    }
  }
  return "must be debug, info, warning or error";
}

std::string set_rate_limits(Config& config, const std::string& value) {
  config.rate_limits = value == "on";
  return value == "on" || value == "off" ? "" : "must be on or off";
}

std::string set_metrics_listen(Config& config, const std::string& value) {
  return parse_address(value, config.metrics_listen) ? "" : "must be host:port";
}

std::string set_trusted_proxies(Config& config, const std::string& value) {
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view item = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
    item = item.substr(0, item.find_last_not_of(' ') + 1);
    if (item.empty() || item.find_first_not_of("0123456789abcdefABCDEF.:/") != std::string_view::npos) {
      return "must be a comma-separated list of IP addresses or networks";
    }
    config.trusted_proxies.emplace_back(item);
  }
  return "";
}

std::string note_mail(Config& config, const std::string&) {
  config.mail_configured = true;
  return "";
}

// Serving plain HTTP where TLS was asked for would be worse than not starting.
std::string refuse_tls(Config&, const std::string&) {
  return "this version does not serve TLS itself; let a proxy do it (deploy/nginx.conf)";
}

constexpr std::array settings{
    Setting{"listen", set_listen},
    Setting{"database_url", set_database_url},
    Setting{"redis_url", set_redis_url},
    Setting{"public_url", set_public_url},
    Setting{"workers", set_workers},
    Setting{"log_level", set_log_level},
    Setting{"rate_limits", set_rate_limits},
    Setting{"metrics_listen", set_metrics_listen},
    Setting{"trusted_proxies", set_trusted_proxies},
    Setting{"smtp_url", note_mail},
    Setting{"mail_from", note_mail},
    Setting{"tls_listen", refuse_tls},
    Setting{"tls_certificate", refuse_tls},
    Setting{"tls_key", refuse_tls},
};

std::string environment_name(std::string_view key) {
  std::string name = "FOYER_";
  for (const char c : key) {
    name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

template <class NameOf>
void report_unknown(const std::map<std::string, std::string>& source, NameOf name_of, ConfigErrors& errors) {
  std::set<std::string> known;
  for (const Setting& setting : settings) {
    known.insert(name_of(setting.key));
  }
  for (const auto& [name, value] : source) {
    if (!known.contains(name)) {
      errors.lines.push_back(name + ": there is no such setting");
    }
  }
}

std::string origin_of(const Address& listen) {
  const bool ipv6 = listen.host.find(':') != std::string::npos;
  return "http://" + (ipv6 ? "[" + listen.host + "]" : listen.host) + ":" + std::to_string(listen.port);
}

}  // namespace

bool parse_address(std::string_view text, Address& out) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return false;
  }
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return false;  // an IPv6 address needs its brackets
  }
  const std::string_view port = text.substr(colon + 1);
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (host.empty() || error != std::errc{} || end != port.data() + port.size()) {
    return false;
  }
  out = Address{std::string(host == "localhost" ? "127.0.0.1" : host), number};
  return true;
}

std::variant<Config, ConfigErrors> make_config(const std::map<std::string, std::string>& file_settings,
                                               const std::map<std::string, std::string>& environment) {
  Config config;
  ConfigErrors errors;
  report_unknown(file_settings, [](std::string_view key) { return std::string(key); }, errors);
  report_unknown(environment, environment_name, errors);
  for (const Setting& setting : settings) {
    const auto in_environment = environment.find(environment_name(setting.key));
    const auto in_file = file_settings.find(std::string(setting.key));
    const bool overridden = in_environment != environment.end();
    if (!overridden && in_file == file_settings.end()) {
      continue;
    }
    const auto& [name, value] = overridden ? *in_environment : *in_file;
    const std::string wrong = setting.set(config, value);
    if (!wrong.empty()) {
      errors.lines.push_back(std::string(name).append(": ").append(wrong));  // never the value: it may hold a secret
    }
  }
  if (config.public_url.empty() && config.listen.port == 0) {
    errors.lines.emplace_back("public_url: must be given when the port is 0");
  }
  if (!errors.lines.empty()) {
    return errors;
  }
  if (config.public_url.empty()) {
    config.public_url = origin_of(config.listen);
  }
  return config;
}

}  // namespace foyer
