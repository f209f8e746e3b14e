// PostgresServer and TestDatabase of services.hpp.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <signal.h>

#include "persistence/connection_string.hpp"
#include "persistence/migrator.hpp"
#include "persistence/transaction_impl.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/services.hpp"

// libpqxx 6.4 loses the result of a statement whose connection broke, about 2 KB; the address sanitizer would fail
// every test that kills a server.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx\n"; }
// NOLINTEND(bugprone-reserved-identifier)

namespace foyer::testing {
namespace {

// Debian keeps the server's programs outside the PATH.
std::string program(const std::string& name) {
  static const std::string folder = [] {
    std::array<char, 512> line{};
    FILE* answer = ::popen("pg_config --bindir", "r");
    if (answer != nullptr) {
      if (std::fgets(line.data(), line.size(), answer) == nullptr) {
        line[0] = '\0';
      }
      ::pclose(answer);
    }
    std::string text = line.data();
    return text.substr(0, text.find('\n'));
  }();
  return folder.empty() ? name : folder + "/" + name;
}

// A cluster as initdb leaves it, to copy from.
const std::filesystem::path& pristine_cluster() {
  static const ScratchFolder folder;
  static const std::filesystem::path data = [] {
    run_to_end({program("initdb"), "--pgdata", folder.path() / "data", "--username", "foyer", "--auth", "trust",
                "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"},
               folder.path() / "log");
    return folder.path() / "data";
  }();
  return data;
}

// The eighth line of postmaster.pid is what pg_ctl waits for too.
bool says_ready(const std::filesystem::path& data, pid_t pid) {
  std::ifstream file(data / "postmaster.pid");
  std::string first;
  std::string line;
  std::getline(file, first);
  for (int number = 2; number <= 8; ++number) {
    std::getline(file, line);
  }
  return first == std::to_string(pid) && line.starts_with("ready");
}

}  // namespace

PostgresServer::PostgresServer(Safety safety)
    : safety_(safety),
      folder_(std::make_unique<ScratchFolder>(safety == Safety::durable ? ScratchFolder::Where::disk
                                                                        : ScratchFolder::Where::memory)) {
  run_to_end({"cp", "-a", pristine_cluster(), folder_->path() / "data"}, folder_->path() / "log");
  start();
}

PostgresServer::~PostgresServer() {
  if (process_) {
    thaw();
    process_->end(SIGQUIT);
  }
}

void PostgresServer::start() {
  // After a crash the sessions of the old server notice only by and by; until then a new one refuses to start.
  if (!eventually([this] { return try_start(); }, std::chrono::seconds(30))) {
    std::ifstream log(folder_->path() / "log");
    throw std::runtime_error("PostgreSQL did not start: " + std::string(std::istreambuf_iterator<char>(log), {}));
  }
}

bool PostgresServer::try_start() {
  const std::filesystem::path data = folder_->path() / "data";
  std::vector<std::string> command{program("postgres"), "-D", data, "-k", folder_->path(), "-c", "listen_addresses="};
  for (const char* setting : {"shared_buffers=64MB", "max_connections=120", "log_min_messages=warning",
                              "shared_preload_libraries=pg_stat_statements"}) {
    command.insert(command.end(), {"-c", setting});
  }
  if (safety_ == Safety::none) {
    for (const char* setting : {"fsync=off", "full_page_writes=off", "autovacuum=off"}) {
      command.insert(command.end(), {"-c", setting});
    }
  }
  process_ = std::make_unique<ChildProcess>(command, folder_->path() / "log", SIGQUIT);
  return eventually([&] { return !process_->running() || says_ready(data, process_->pid()); }) && process_->running();
}

void PostgresServer::stop() { process_->end(SIGINT); }

void PostgresServer::kill() { process_->end(SIGKILL); }

void PostgresServer::restart() {
  stop();
  start();
}

void PostgresServer::freeze() { signal_all(SIGSTOP); }

void PostgresServer::thaw() { signal_all(SIGCONT); }

// The postmaster first: while it stands still it makes no new process.
void PostgresServer::signal_all(int number) {
  if (!process_->running()) {
    return;  // and no group of processes is meant
  }
  const pid_t postmaster = process_->pid();
  ::kill(postmaster, number);
  const std::string task = "/proc/" + std::to_string(postmaster) + "/task/" + std::to_string(postmaster);
  std::ifstream children(task + "/children");
  for (pid_t child = 0; children >> child;) {
    ::kill(child, number);
  }
}

pid_t PostgresServer::process() const { return process_->pid(); }

std::string PostgresServer::url(const std::string& database) const {
  return "host=" + folder_->path().string() + " user=foyer dbname=" + database;
}

void PostgresServer::count_statements() {
  run_sql(url(), "create extension if not exists pg_stat_statements");
  run_sql(url(), "select pg_stat_statements_reset()");
}

std::int64_t PostgresServer::statements(const std::string& pattern) const {
  return std::stoll(run_sql(url(), "select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query ~* '" +
                                       pattern + "' and query !~ 'pg_stat_statements'"));
}

std::string PostgresServer::create_empty_database() {
  const std::string name = "empty_" + std::to_string(++databases_);
  run_sql(url(), "create database " + name);
  return url(name);
}

void PostgresServer::ensure_template() {
  if (!has_template_) {
    run_sql(url(), "create database template_of_tests");
    persistence::migrate(url("template_of_tests"), persistence::embedded_migrations(), {});
    has_template_ = true;
  }
}

TestDatabase::TestDatabase(PostgresServer& server) : server_(server) {
  server.ensure_template();
  name_ = "test_" + std::to_string(++server.databases_);
  run_sql(server.url(), "create database " + name_ + " template template_of_tests strategy file_copy");
  url_ = server.url(name_);
}

TestDatabase::~TestDatabase() {
  try {
    run_sql(server_.url(), "drop database " + name_ + " with (force)");
  } catch (const std::exception&) {  // the server may be down; its folder goes anyway
  }
}

std::string run_sql(const std::string& url, const std::string& sql) {
  persistence::Connection connection{persistence::complete_connection_string(url)};
  pqxx::nontransaction work{connection.link};
  work.exec("set statement_timeout = '60s'");  // copying a database waits for a disk that others use as well
  const pqxx::result rows = work.exec(sql);
  return rows.empty() || rows[0].size() == 0 || rows[0][0].is_null() ? "" : rows[0][0].c_str();
}

}  // namespace foyer::testing
