// From what libpqxx throws to errors.hpp. Only the first line of PostgreSQL's message goes on: the DETAIL behind it
// quotes values, and those may be somebody's e-mail address.
#include <string_view>

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

std::string first_line(const std::exception& error) {
  const std::string_view text = error.what();
  return std::string(text.substr(0, text.find('\n')));
}

// Shut down, crashed, not up yet, too many connections, read-only (a standby): not this connection, not now.
bool means_away(std::string_view state) {
  return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03" || state == "53300" ||
         state == "25006" || state == "25P03";
}

// Time-outs, locks not had, no memory or disk left.
bool means_busy(std::string_view state) { return state == "57014" || state == "55P03" || state.starts_with("53"); }

[[noreturn]] void throw_away(Connection* connection, const std::string& message) {
  if (connection != nullptr) {
    connection->broken = true;
  }
  throw DatabaseAway(message);
}

bool lost(Connection* connection) { return connection != nullptr && !connection->link.is_open(); }

}  // namespace

void throw_mapped(Connection* connection) {
  try {
    throw;
  } catch (const pqxx::broken_connection& error) {
    throw_away(connection, first_line(error));
  } catch (const pqxx::serialization_failure& error) {
    throw DatabaseConflict(first_line(error));
  } catch (const pqxx::deadlock_detected& error) {
    throw DatabaseConflict(first_line(error));
  } catch (const pqxx::sql_error& error) {
    if (lost(connection) || means_away(error.sqlstate())) {
      throw_away(connection, first_line(error));
    }
    if (means_busy(error.sqlstate())) {
      throw DatabaseBusy(first_line(error));
    }
    throw DatabaseFailure(first_line(error));
  } catch (const pqxx::pqxx_exception& error) {
    if (lost(connection)) {
      throw_away(connection, first_line(error.base()));
    }
    throw DatabaseFailure(first_line(error.base()));
  }
}

}  // namespace foyer::persistence
