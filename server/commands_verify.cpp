// verify log and verify delivery of commands.hpp.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>

#include "persistence/database.hpp"
#include "persistence/log_check.hpp"
#include "protocol/limits.hpp"
#include "server/commands.hpp"

namespace foyer {
namespace {

constexpr int exit_cannot_run = 2;
constexpr const char* token_variable = "VERIFY_TOKEN";  // not FOYER_…: it is no setting of the server

void print(const persistence::LogCheck& check) {
  std::printf("%s %s: %lld %.*s", check.kept() ? "ok " : "NOT", std::string(check.promise).c_str(),
              static_cast<long long>(check.examined), static_cast<int>(check.unit.size()), check.unit.data());
  if (!check.kept()) {
    std::printf(", %lld broken", static_cast<long long>(check.breaches));
  }
  std::printf("\n");
  for (const std::string& example : check.examples) {
    std::printf("      %s\n", example.c_str());
  }
}

std::string first_line(std::istream& input) {
  std::string line;
  while (line.size() <= limits::verify_token_bytes && input.good()) {
    const int letter = input.get();
    if (letter == EOF || letter == '\n' || letter == '\r') {
      break;
    }
    line += static_cast<char>(letter);
  }
  return line;
}

std::optional<std::string> read_token(const DeliveryCommand& command) {
  if (command.token_from_input) {
    return first_line(std::cin);
  }
  if (!command.token_file.empty()) {
    std::ifstream file(command.token_file);
    return file ? std::optional(first_line(file)) : std::nullopt;
  }
  const char* value = std::getenv(token_variable);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

int verify_log(const Config& config) {
  persistence::Database database{{config.database_url, 1}};
  if (database.state() == persistence::DatabaseState::not_migrated) {
    return fail("the database is of an older version: run `foyer migrate` first");
  }
  const auto checks =
      database.snapshot([](persistence::Transaction& transaction) { return persistence::check_log(transaction); });
  std::size_t broken = 0;
  for (const persistence::LogCheck& check : checks) {
    print(check);
    broken += check.kept() ? 0 : 1;
  }
  std::printf(broken == 0 ? "the logs are whole\n" : "%zu of %zu checks found a breach\n", broken, checks.size());
  return broken == 0 ? 0 : 1;
}

int verify_delivery(const DeliveryCommand& command) {
  const std::optional<std::string> token = read_token(command);
  if (!token || token->empty() || token->size() > limits::verify_token_bytes) {
    fail(std::string("no access token: give --token-stdin, --token-file FILE or the environment variable ") +
         token_variable);
    return exit_cannot_run;
  }
  verify::DeliveryOptions options = command.options;
  options.token = *token;
  try {
    return verify::run_delivery(options, std::cout);
  } catch (const std::exception& failure) {
    fail(std::string(failure.what()));
    return exit_cannot_run;
  }
}

}  // namespace foyer
