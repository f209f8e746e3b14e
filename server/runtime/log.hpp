// JSON log lines on standard error, one object each, written by spdlog's background thread (the oldest lines
// are dropped when it cannot keep up). Values are escaped here. Never log secrets, bodies or addresses of
// members. Thread-safe.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace foyer::runtime {

enum class LogLevel { debug, info, warning, error };

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

// `node` stands in every line. Call once before any log line; a later call replaces the settings.
void start_log(LogLevel level, std::string node);
void stop_log();  // flushes

// log(LogLevel::info, "listening", {{"address", text}, {"port", std::int64_t{port}}});
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

}  // namespace foyer::runtime
