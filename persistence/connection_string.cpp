#include "persistence/connection_string.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string_view>

#include <libpq-fe.h>

#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

using Settings = std::map<std::string, std::string>;

Settings parse(const std::string& url) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{PQconninfoParse(url.c_str(), &message),
                                                                             &PQconninfoFree};
  const std::unique_ptr<char, decltype(&PQfreemem)> message_owner{message, &PQfreemem};
  if (!options) {
    throw std::invalid_argument("the database URL is no libpq connection string or URI");
  }
  Settings settings;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) {
      settings[option->keyword] = option->val;
    }
  }
  return settings;
}

template <class Duration>
std::string milliseconds(Duration duration) {
  return std::to_string(std::chrono::milliseconds(duration).count());
}

// jit costs more than it gives at our statements' size. Every statement of ours has its index, but a plan made while a
// table was small reads all of it and is kept while the table grows, until it is analysed: enable_seqscan=off makes
// that plan never come up (the writer's keys were 20 times dearer after some ten thousand). A statement is planned once
// per connection: its optional parts are in its text, and planning the writer's anew costs 2 ms, four times its run.
// DateStyle and TimeZone are what read_timestamp reads.
std::string session_options() {
  return "-c statement_timeout=" + milliseconds(limits::statement_time) +
         " -c lock_timeout=" + milliseconds(limits::lock_time) +
         " -c idle_in_transaction_session_timeout=" + milliseconds(limits::idle_transaction_time) +
         " -c jit=off -c enable_seqscan=off -c plan_cache_mode=force_generic_plan -c TimeZone=UTC -c DateStyle=ISO -c "
         "bytea_output=hex -c "
         "client_min_messages=warning";
}

std::string quoted(std::string_view value) {
  std::string text = "'";
  for (const char character : value) {
    if (character == '\'' || character == '\\') {
      text += '\\';
    }
    text += character;
  }
  return text + "'";
}

}  // namespace

std::string complete_connection_string(const std::string& url) {
  Settings settings = parse(url);
  settings.try_emplace("connect_timeout", std::to_string(limits::connect_seconds));
  settings.try_emplace("application_name", "foyer");
  settings["client_encoding"] = "UTF8";
  // A host that vanished without a word is noticed by TCP; statement_timeout cannot reach us from there.
  settings.try_emplace("tcp_user_timeout", milliseconds(limits::idle_transaction_time));
  settings.try_emplace("keepalives_idle", "10");
  settings.try_emplace("keepalives_interval", "5");
  settings.try_emplace("keepalives_count", "3");
  const std::string own = session_options();  // first, so that the operator's options win
  std::string& options = settings["options"];
  options = options.empty() ? own : own + " " + options;

  std::string text;
  for (const auto& [keyword, value] : settings) {
    text += keyword + "=" + quoted(value) + " ";
  }
  return text;
}

}  // namespace foyer::persistence
