#include "persistence/database.hpp"

#include "persistence/connection_pool.hpp"
#include "persistence/connection_string.hpp"
#include "persistence/migrator.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

// A newer schema is served too: while nodes are replaced one by one the new program migrates first.
constexpr Statement schema_is_current{"schema_is_current",
                                      "select coalesce(max(number), 0) >= $1::integer from schema_migrations"};

}  // namespace

Database::Database(const DatabaseSettings& settings)
    : pool_(std::make_unique<ConnectionPool>(complete_connection_string(settings.url), settings.connections)) {}

Database::~Database() = default;

DatabaseState Database::state() noexcept {
  try {
    const bool current = read([](Transaction& transaction) {
      const int newest = embedded_migrations().empty() ? 0 : embedded_migrations().back().number;
      return execute(transaction, schema_is_current, newest)[0][0].as<bool>();
    });
    return current ? DatabaseState::ready : DatabaseState::not_migrated;
  } catch (const DatabaseFailure&) {  // there is not even the table of migrations
    return DatabaseState::not_migrated;
  } catch (...) {
    return DatabaseState::away;
  }
}

}  // namespace foyer::persistence
