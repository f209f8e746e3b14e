#include "server/runtime/log.hpp"

#include <array>
#include <chrono>
#include <memory>

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "protocol/timestamp.hpp"
#include "server/runtime/json_escape.hpp"

namespace foyer::runtime {
namespace {

constexpr std::size_t waiting_lines = 8192;  // of spdlog's queue; the oldest go when it is full

struct LogState {
  std::shared_ptr<spdlog::logger> logger;
  std::string node;
};

LogState& state() {
  static LogState instance;
  return instance;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string_view level_word(LogLevel level) {
  constexpr std::array<std::string_view, 4> words{"debug", "info", "warning", "error"};
  return words[static_cast<std::size_t>(level)];
}

void append_text(std::string& line, std::string_view name, std::string_view value) {
  line += ",\"";
  append_json_escaped(line, name);
  line += "\":\"";
  append_json_escaped(line, value);
  line += '"';
}

void append_field(std::string& line, const LogField& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    append_text(line, field.name, *text);
    return;
  }
  line += ",\"";
  append_json_escaped(line, field.name);
  line += "\":";
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    line += std::to_string(*number);
  } else if (const auto* real = std::get_if<double>(&field.value)) {
    line += std::to_string(*real);
  } else {
    line += std::get<bool>(field.value) ? "true" : "false";
  }
}

}  // namespace

void start_log(LogLevel level, std::string node) {
  if (!spdlog::thread_pool()) {
    spdlog::init_thread_pool(waiting_lines, 1);
  }
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::async_logger>("foyer", std::move(sink), spdlog::thread_pool(),
                                                       spdlog::async_overflow_policy::overrun_oldest);
  logger->set_pattern("%v");
  logger->set_level(spdlog_level(level));
  logger->flush_on(spdlog::level::warn);
  state() = LogState{std::move(logger), std::move(node)};
}

void stop_log() {
  if (state().logger) {
    state().logger->flush();
    state().logger.reset();
  }
  spdlog::shutdown();  // writes what waits
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  const LogState& current = state();
  if (!current.logger || !current.logger->should_log(spdlog_level(level))) {
    return;
  }
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::string line = "{\"at\":\"" + to_rfc3339(now) + "\",\"level\":\"";
  line += level_word(level);
  line += '"';
  append_text(line, "node", current.node);
  append_text(line, "event", event);
  for (const LogField& field : fields) {
    append_field(line, field);
  }
  line += '}';
  current.logger->log(spdlog_level(level), "{}", line);
}

}  // namespace foyer::runtime
