#include "server/command_line.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "persistence/database.hpp"
#include "persistence/migrator.hpp"
#include "server/app.hpp"
#include "server/config.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/catalogue_import.hpp"
#include "server/forum/password.hpp"
#include "server/supervisor.hpp"

namespace foyer {
namespace {

constexpr const char* default_settings_file = "foyer.toml";

int fail(const std::string& line) {
  std::fprintf(stderr, "foyer: %s\n", line.c_str());
  return 1;
}

int fail(const ConfigErrors& errors) {
  for (const std::string& line : errors.lines) {
    fail(line);
  }
  return 1;
}

int fail(const Error& error) {
  for (const FieldError& field : error.fields) {
    fail(field.field + ": " + field.message);
  }
  return error.fields.empty() ? fail(error.detail) : 1;
}

// The settings file that was asked for must exist; the default one may be missing.
std::variant<Config, ConfigErrors> load_config(const std::string& asked_file) {
  std::map<std::string, std::string> from_file;
  if (!asked_file.empty() || std::filesystem::exists(default_settings_file)) {
    auto read = read_settings_file(asked_file.empty() ? default_settings_file : asked_file);
    if (auto* errors = std::get_if<ConfigErrors>(&read)) {
      return *errors;
    }
    from_file = std::get<0>(read);
  }
  return make_config(from_file, foyer_environment());
}

int serve(Config config, int workers) {
  config.workers = workers > 0 ? workers : config.workers;
  if (config.workers > 1) {
    return run_workers(std::move(config));
  }
  return run_node(config, NodePlace{"node-" + std::to_string(getpid()), 0, false});
}

int migrate(const Config& config) {
  const int applied = persistence::migrate(config.database_url, persistence::embedded_migrations(),
                                           [](const persistence::Migration& migration) {
                                             std::printf("applied %s\n", std::string(migration.name).c_str());
                                           });
  std::printf(applied == 0 ? "the database is up to date\n" : "%d migrations applied\n", applied);
  return 0;
}

long long shown(std::int64_t count) { return static_cast<long long>(count); }

void print_bad_lines(const std::string& file, const forum::ImportReport& report) {
  for (const auto& line : report.bad_lines) {
    std::fprintf(stderr, "%s:%lld: skipped: %s\n", file.c_str(), shown(line.number), line.reason.c_str());
  }
}

int import_films(const Config& config, const std::vector<std::string>& files) {
  persistence::Database database{{config.database_url, 1}};
  for (const std::string& file : files) {
    const auto progress = [](const forum::ImportReport& report) {
      if (isatty(STDOUT_FILENO) != 0) {
        std::printf("\r%lld lines", shown(report.lines));
        std::fflush(stdout);
      }
    };
    const forum::ImportReport report = forum::import_films(database, file, progress);
    print_bad_lines(file, report);
    std::printf("%s%s: %lld lines: %lld added, %lld changed, %lld unchanged, %lld skipped\n",
                isatty(STDOUT_FILENO) != 0 ? "\r" : "", file.c_str(), shown(report.lines), shown(report.films.added),
                shown(report.films.changed), shown(report.films.unchanged), shown(report.skipped));
  }
  return 0;
}

int import_threads(const Config& config, const std::vector<std::string>& files) {
  persistence::Database database{{config.database_url, 3}};
  for (const std::string& file : files) {
    const forum::ImportReport report = forum::import_threads(database, file);
    print_bad_lines(file, report);
    std::printf("%s: %lld threads, %lld skipped\n", file.c_str(), shown(report.lines - report.skipped),
                shown(report.skipped));
  }
  return 0;
}

struct UserOptions {
  std::string name;
  std::string email;
  bool password_from_input = false;
  std::string role = "member";
};

int create_user(const Config& config, const UserOptions& options) {
  const auto role = role_from_word(options.role);
  if (!role) {
    return fail("role: must be member, moderator or admin");
  }
  std::string password;
  if (options.password_from_input) {
    std::getline(std::cin, password);
  }
  // Without a password nobody can log in; the check still wants one of the right length.
  const std::string checked = options.password_from_input ? password : forum::random_token();
  const auto registration = forum::check_registration({options.name, options.email, checked});
  if (!registration) {
    return fail(registration.error());
  }
  const std::string hash = options.password_from_input ? forum::hash_password(registration->password) : "";
  persistence::Database database{{config.database_url, 1}};
  const auto user = database.write([&](persistence::Transaction& transaction) {
    return forum::create_user(transaction, *registration, hash, *role);
  });
  if (!user) {
    return fail(user.error());
  }
  std::printf("%s is a %s\n", user->name.c_str(), options.role.c_str());
  return 0;
}

int change_role(const Config& config, const UserOptions& options) {
  const auto role = role_from_word(options.role);
  if (!role) {
    return fail("role: must be member, moderator or admin");
  }
  persistence::Database database{{config.database_url, 1}};
  const auto changed = database.write(
      [&](persistence::Transaction& transaction) { return forum::change_role(transaction, options.name, *role); });
  if (!changed) {
    return fail(changed.error());
  }
  std::printf("%s is now a %s\n", options.name.c_str(), options.role.c_str());
  return 0;
}

// Runs a command with its settings loaded; what escapes it becomes one line.
template <class Command>
int with_config(const std::string& file, Command command) {
  try {
    auto loaded = load_config(file);
    if (const auto* errors = std::get_if<ConfigErrors>(&loaded)) {
      return fail(*errors);
    }
    forum::start_cryptography();
    return command(std::get<Config>(loaded));
  } catch (const std::exception& failure) {
    return fail(std::string(failure.what()));
  }
}

struct Options {
  std::string config_file;
  int workers = 0;
  std::vector<std::string> files;
  UserOptions user;
};

void describe_user_commands(CLI::App& users, Options& options) {
  auto* create = users.add_subcommand("create", "Make a member");
  create->add_option("name", options.user.name, "Name as shown")->required();
  create->add_option("--email", options.user.email, "E-mail address; counts as verified")->required();
  create->add_flag("--password-stdin", options.user.password_from_input,
                   "Read the password's line from standard input");
  create->add_option("--role", options.user.role, "member, moderator or admin");
  auto* role = users.add_subcommand("role", "Change a member's role");
  role->add_option("name", options.user.name)->required();
  role->add_option("role", options.user.role, "member, moderator or admin")->required();
  users.require_subcommand(1);
}

int dispatch(const CLI::App& program, Options& options) {
  const auto& file = options.config_file;
  if (program.got_subcommand("serve")) {
    return with_config(file, [&](Config config) { return serve(std::move(config), options.workers); });
  }
  if (program.got_subcommand("migrate")) {
    return with_config(file, [](const Config& config) { return migrate(config); });
  }
  if (const auto* import = program.get_subcommand("import"); import->parsed()) {
    const bool films = import->got_subcommand("films");
    return with_config(file, [&](const Config& config) {
      return films ? import_films(config, options.files) : import_threads(config, options.files);
    });
  }
  const bool create = program.get_subcommand("user")->got_subcommand("create");
  return with_config(file, [&](const Config& config) {
    return create ? create_user(config, options.user) : change_role(config, options.user);
  });
}

}  // namespace

int run_command_line(int argument_count, char** arguments) {
  Options options;
  CLI::App program{"Foyer: a film discussion forum whose threads are live"};
  program.name("foyer");
  program.add_option("--config", options.config_file, "Settings file (default foyer.toml when there is one)");
  program.fallthrough();
  program.require_subcommand(1);

  auto* serve_command = program.add_subcommand("serve", "Run the forum");
  serve_command->add_option("--workers", options.workers, "Node processes on one port")->check(CLI::Range(1, 64));
  program.add_subcommand("migrate", "Bring the database's schema up to date");
  auto* import = program.add_subcommand("import", "Load films or sample threads from JSON lines, plain or .gz");
  import->add_subcommand("films", "Films; repeatable without doubles")
      ->add_option("files", options.files, "Files")
      ->required();
  import->add_subcommand("threads", "Sample threads; repeatable without doubles")
      ->add_option("files", options.files, "Files")
      ->required();
  import->require_subcommand(1);
  describe_user_commands(*program.add_subcommand("user", "Members, from the operator's side"), options);

  CLI11_PARSE(program, argument_count, arguments);
  return dispatch(program, options);
}

}  // namespace foyer
