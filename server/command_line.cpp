#include "server/command_line.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "protocol/limits.hpp"
#include "server/app.hpp"
#include "server/commands.hpp"
#include "server/config.hpp"
#include "server/forum/password.hpp"
#include "server/supervisor.hpp"

namespace foyer {
namespace {

constexpr const char* default_settings_file = "foyer.toml";
constexpr int exit_wrong_use = 2;

int report(const ConfigErrors& errors) {
  for (const std::string& line : errors.lines) {
    fail(line);
  }
  return 1;
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

// Runs a command with its settings loaded; what escapes it becomes one line.
template <class Command>
int with_config(const std::string& file, Command command) {
  try {
    auto loaded = load_config(file);
    if (const auto* errors = std::get_if<ConfigErrors>(&loaded)) {
      return report(*errors);
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
  ImportCommand import;
  UserOptions user;
  DeliveryCommand delivery;
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

void describe_import_commands(CLI::App& import, ImportCommand& command) {
  auto* films = import.add_subcommand("films",
                                      "Films; repeatable without doubles, also after an interruption. Exit code 0: all "
                                      "files were read to their ends, 1: one was not");
  const std::map<std::string, forum::ImportFormat> formats{{"json-lines", forum::ImportFormat::json_lines},
                                                           {"imdb", forum::ImportFormat::imdb},
                                                           {"wikidata", forum::ImportFormat::wikidata}};
  films
      ->add_option(
          "--format", command.options.format,
          "json-lines (default); imdb: the tables title.basics and more, or a folder of them, which IMDb gives "
          "for personal and non-commercial use; wikidata: a JSON dump or files of entities")
      ->transform(CLI::CheckedTransformer(formats));
  films->add_flag("--dry-run", command.options.dry_run, "Say what would be added and changed, write nothing");
  films->add_option("--least-votes", command.options.least_votes, "Of IMDb: pass over films with fewer votes")
      ->check(CLI::NonNegativeNumber);
  films->add_option("files", command.files, "Files, plain or .gz")->required();
  import.add_subcommand("threads", "Sample threads from JSON lines; repeatable without doubles")
      ->add_option("files", command.files, "Files, plain or .gz")
      ->required();
  import.require_subcommand(1);
}

void describe_verify_commands(CLI::App& verify, DeliveryCommand& command) {
  verify.add_subcommand("log",
                        "Check in one snapshot of the database (FOYER_DATABASE_URL) that posts and events are whole. "
                        "Reads only; the forum may run meanwhile. Exit code 0: every check holds, 1: a breach");
  auto* delivery = verify.add_subcommand(
      "delivery",
      "Try the promise of delivery on a running forum, from outside: clients follow new threads while posts are "
      "written, edited and removed and connections are cut; then every client must hold what the forum holds. The "
      "threads stay, named \"Delivery check\", locked when the token may. Exit code 0: all kept, 1: a breach, "
      "2: wrong use or it cannot run");
  auto& options = command.options;
  delivery->add_option("--node", options.nodes, "Address of a node, http:// or https://; may be repeated")->required();
  auto* from_input = delivery->add_flag("--token-stdin", command.token_from_input,
                                        "Read the access token's line from standard input; without this and "
                                        "--token-file it is taken from the environment, VERIFY_TOKEN. A moderator's "
                                        "token of scope moderate checks removals and locks too");
  delivery->add_option("--token-file", command.token_file, "Read the access token from a file")->excludes(from_input);
  const auto count = [&](const char* name, int& value, const char* words, int most) {
    delivery->add_option(name, value, words)->check(CLI::Range(1, most))->capture_default_str();
  };
  count("--clients", options.clients, "Clients that follow a thread over WebSocket", limits::verify_clients_max);
  count("--seconds", options.seconds, "How long is written", limits::verify_seconds_max);
  count("--threads", options.threads, "Threads made for the check", limits::verify_threads_max);
  count("--writers", options.writers, "Requests to write at a time", limits::verify_writers_max);
  delivery->add_option("--seed", options.seed, "Of the random choices; one is made up and printed without it");
  verify.require_subcommand(1);
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
      return films ? import_films(config, options.import) : import_threads(config, options.import.files);
    });
  }
  if (program.got_subcommand("export")) {
    return with_config(file, [](const Config& config) { return export_films(config); });
  }
  if (const auto* verify = program.get_subcommand("verify"); verify->parsed()) {
    return verify->got_subcommand("delivery")
               ? verify_delivery(options.delivery)
               : with_config(file, [](const Config& config) { return verify_log(config); });
  }
  const bool create = program.get_subcommand("user")->got_subcommand("create");
  return with_config(file, [&](const Config& config) {
    return create ? create_user(config, options.user) : change_role(config, options.user);
  });
}

}  // namespace

int fail(const std::string& line) {
  std::fprintf(stderr, "foyer: %s\n", line.c_str());
  return 1;
}

int fail(const Error& error) {
  for (const FieldError& field : error.fields) {
    fail(field.field + ": " + field.message);
  }
  return error.fields.empty() ? fail(error.detail) : 1;
}

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
  describe_import_commands(*program.add_subcommand("import", "Load films or sample threads"), options.import);
  auto* exports = program.add_subcommand("export", "Write what the forum holds to standard output");
  exports->add_subcommand("films", "The catalogue as JSON lines, which `import films` reads back without a change");
  exports->require_subcommand(1);
  describe_user_commands(*program.add_subcommand("user", "Members, from the operator's side"), options);
  describe_verify_commands(*program.add_subcommand("verify", "Show that the forum keeps its promises"),
                           options.delivery);

  try {
    program.parse(argument_count, arguments);
  } catch (const CLI::ParseError& answer) {  // a call for help as well
    return program.exit(answer) == 0 ? 0 : exit_wrong_use;
  }
  return dispatch(program, options);
}

}  // namespace foyer
