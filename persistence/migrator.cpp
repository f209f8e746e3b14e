#include "persistence/migrator.hpp"

#include <map>
#include <stdexcept>

#include "persistence/connection_string.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

// Waits for another node that migrates at the moment; a migration itself may take its time.
constexpr const char* become_the_only_migrator = R"(
  set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0;
  set lock_timeout = '10min';
  select pg_advisory_lock(7308332245))";

// Once a migration waits for a table that traffic uses, everybody else waits behind it.
constexpr const char* wait_shortly_for_tables = "set lock_timeout = '10s'";

constexpr const char* create_table = R"(
  create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz(3) not null default now()))";

constexpr const char* applied_migrations = "select number, name, checksum from schema_migrations order by number";

constexpr const char* checksum_of = "select encode(sha256(convert_to($1, 'UTF8')), 'hex')";

constexpr const char* note_migration = R"(
  insert into schema_migrations (number, name, checksum) values ($1::integer, $2, $3))";

struct Applied {
  std::string name;
  std::string checksum;
};

class Migrator {
 public:
  explicit Migrator(const std::string& connection_string) : connection_(connection_string) {
    work_.exec(become_the_only_migrator);
    work_.exec(wait_shortly_for_tables);
    work_.exec(create_table);
    for (const pqxx::row& columns : work_.exec(applied_migrations)) {
      RowReader row{columns};
      const int number = row.next<int>();
      applied_[number] = Applied{.name = row.next<std::string>(), .checksum = row.next<std::string>()};
    }
  }

  void refuse_newer_database(const std::vector<Migration>& migrations) const {
    const int newest = migrations.empty() ? 0 : migrations.back().number;
    if (!applied_.empty() && applied_.rbegin()->first > newest) {
      throw std::runtime_error("the database is newer than this program: it has migration " +
                               applied_.rbegin()->second.name);
    }
  }

  // True when the migration was applied now.
  bool apply(const Migration& migration) {
    const std::string sql{migration.sql};
    const std::string checksum = work_.exec_params(checksum_of, sql)[0][0].as<std::string>();
    if (const auto before = applied_.find(migration.number); before != applied_.end()) {
      if (before->second.checksum != checksum) {
        throw std::runtime_error("migration " + std::string(migration.name) +
                                 " was applied with another text; migrations are never changed, add a new one");
      }
      return false;
    }
    if (!applied_.empty() && applied_.rbegin()->first > migration.number) {
      throw std::runtime_error("migration " + std::string(migration.name) + " comes before " +
                               applied_.rbegin()->second.name + ", which is applied already");
    }
    work_.exec("begin");
    work_.exec(sql);
    work_.exec_params(note_migration, std::to_string(migration.number), std::string(migration.name), checksum);
    work_.exec("commit");
    applied_[migration.number] = Applied{.name = std::string(migration.name), .checksum = checksum};
    return true;
  }

 private:
  Connection connection_;
  pqxx::nontransaction work_{connection_.link};
  std::map<int, Applied> applied_;
};

[[noreturn]] void throw_naming(std::string_view migration) {
  try {
    throw_mapped(nullptr);
  } catch (const DatabaseFailure& failure) {
    throw DatabaseFailure("migration " + std::string(migration) + ": " + failure.what());
  }
}

}  // namespace

int migrate(const std::string& database_url, const std::vector<Migration>& migrations,
            const std::function<void(const Migration&)>& progress) {
  const std::string connection_string = complete_connection_string(database_url);
  std::string_view at = "none yet";
  try {
    Migrator migrator{connection_string};
    migrator.refuse_newer_database(migrations);
    int count = 0;
    for (const Migration& migration : migrations) {
      at = migration.name;
      if (migrator.apply(migration)) {
        ++count;
        if (progress) {
          progress(migration);
        }
      }
    }
    return count;
  } catch (const pqxx::pqxx_exception&) {
    throw_naming(at);
  }
}

}  // namespace foyer::persistence
