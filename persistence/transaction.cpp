#include "persistence/transaction.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

const char* begin_of(Access access) {
  return access == Access::write ? "begin" : "begin isolation level repeatable read, read only";
}

// libpqxx 6.4 would reconnect behind our back in the middle of a transaction; 7 never does and lacks the call.
template <class Link>
void forbid_silent_reconnection(Link& link) {
  if constexpr (requires { link.inhibit_reactivation(true); }) {
    link.inhibit_reactivation(true);
  }
}

template <std::size_t... Index>
pqxx::result run_with(pqxx::nontransaction& work, const std::string& name, const Parameter* parameters,
                      std::index_sequence<Index...>) {
  return work.exec_prepared(name, parameters[Index].text()...);
}

// libpqxx takes parameters as a pack: one instance per count, here and nowhere else.
template <std::size_t Count>
pqxx::result run_counted(pqxx::nontransaction& work, const std::string& name, const Parameter* parameters,
                         std::size_t count) {
  if constexpr (Count == 0) {
    return work.exec_prepared(name);
  } else {
    return count == Count ? run_with(work, name, parameters, std::make_index_sequence<Count>{})
                          : run_counted<Count - 1>(work, name, parameters, count);
  }
}
constexpr std::size_t parameters_max = 20;

}  // namespace

Connection::Connection(const std::string& connection_string) : link(connection_string) {
  forbid_silent_reconnection(link);
}

void Transaction::Impl::begin() {
  if (access != Access::read) {
    run(begin_of(access));
    open = true;
  }
}

pqxx::result Transaction::Impl::run(const char* sql) {
  try {
    return work.exec(sql);
  } catch (...) {
    throw_mapped(&connection());
  }
}

// A connection may die between the look at it and BEGIN. Nothing was done yet, so another one is taken, once.
Transaction::Transaction(ConnectionPool& pool, Access access) : impl_(std::make_unique<Impl>(pool, access)) {
  try {
    impl_->begin();
  } catch (const DatabaseAway&) {
    impl_.reset();
    impl_ = std::make_unique<Impl>(pool, access);
    impl_->begin();
  }
}

Transaction::~Transaction() {
  if (!impl_->open || impl_->connection().broken) {
    return;
  }
  try {
    impl_->run("rollback");
  } catch (...) {
    impl_->connection().broken = true;
  }
}

void Transaction::commit() {
  if (impl_->access != Access::write) {
    return;
  }
  if (impl_->failed) {
    throw DatabaseFailure("a transaction was to be committed after one of its statements had failed");
  }
  impl_->open = false;
  try {
    impl_->run("commit");
  } catch (const DatabaseAway&) {
    throw CommitInDoubt("the database connection broke during commit");
  }
}

namespace {

void prepare(Connection& connection, const std::string& name, std::string_view sql) {
  if (!connection.prepared.insert(name).second) {
    return;
  }
  try {
    connection.link.prepare(name, std::string(sql));
  } catch (...) {
    connection.prepared.erase(name);
    throw;
  }
}

}  // namespace

pqxx::result execute_prepared(Transaction::Impl& impl, const Statement& statement, const Parameter* parameters,
                              std::size_t count) {
  if (count > parameters_max) {
    throw std::logic_error("a statement with too many parameters");
  }
  const std::string name{statement.name};
  try {
    prepare(impl.connection(), name, statement.sql);
    return run_counted<parameters_max>(impl.work, name, parameters, count);
  } catch (...) {
    impl.failed = true;
    throw_mapped(&impl.connection());
  }
}

std::optional<SanctionRow> read_sanction(RowReader& row) {
  const auto kind = row.next<std::optional<SanctionKind>>();
  auto until = row.next<std::optional<Timestamp>>();
  auto reason = row.next<std::string>();
  return kind ? std::optional(SanctionRow{*kind, until, std::move(reason)}) : std::nullopt;
}

UserView read_user(RowReader& row) {
  return {.id = row.next<UserId>(), .name = row.next<std::string>(), .role = row.next<Role>()};
}

}  // namespace foyer::persistence
