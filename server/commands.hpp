// The sub-commands of the program `foyer` but `serve`, one function each. Each returns the exit code: 0 done, 1 failed
// with one clear line on standard error, which `fail` prints. They may throw what the database throws.
#pragma once

#include <string>
#include <vector>

#include "protocol/errors.hpp"
#include "server/config.hpp"
#include "server/forum/catalogue_import.hpp"
#include "server/verify/delivery.hpp"

namespace foyer {

int fail(const std::string& line);  // 1
int fail(const Error& error);       // 1; every field has its line

int migrate(const Config& config);

struct ImportCommand {
  forum::ImportOptions options;
  std::vector<std::string> files;
};
// 0 when all files were read to their ends, also where lines were skipped, which the report names; 1 when one was not,
// or is of another format. What was reported as added or changed by then stays.
int import_films(const Config& config, const ImportCommand& command);
int import_threads(const Config& config, const std::vector<std::string>& files);
int export_films(const Config& config);  // to standard output, as JSON lines

struct UserOptions {
  std::string name;
  std::string email;
  bool password_from_input = false;
  std::string role = "member";
};

int create_user(const Config& config, const UserOptions& options);
int change_role(const Config& config, const UserOptions& options);

// Checks the event log and the posts of the database in one snapshot and prints a line per check; 1 on a breach.
int verify_log(const Config& config);

struct DeliveryCommand {
  verify::DeliveryOptions options;  // without the token
  bool token_from_input = false;
  std::string token_file;
};
// Runs against an installation from outside, without settings of its own: 0 kept, 1 a breach, 2 it could not run.
int verify_delivery(const DeliveryCommand& command);

}  // namespace foyer
