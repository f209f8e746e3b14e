#include <atomic>
#include <future>
#include <set>

#include <gtest/gtest.h>

#include "persistence/transaction_impl.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement my_process{"test_my_process", "select pg_backend_pid()"};
constexpr Statement sleep_for{"test_sleep", "select pg_sleep($1::float8)"};
constexpr Statement setting{"test_setting", "select current_setting($1)"};
constexpr Statement divide{"test_divide", "select 1 / $1::integer"};

int process_of(Transaction& transaction) { return RowReader{execute(transaction, my_process)[0]}.next<int>(); }

std::string setting_of(Transaction& transaction, const std::string& name) {
  return RowReader{execute(transaction, setting, name)[0]}.next<std::string>();
}

TEST(ConnectionPool, ReplacesAConnectionThatWasKilledWhileIdle) {
  const TestDatabase test;
  Database database{{.url = test.url(), .connections = 1}};
  const int before = database.read(process_of);
  run_sql(test.url(), "select pg_terminate_backend(" + std::to_string(before) + ", 5000)");
  EXPECT_NE(database.read(process_of), before);
}

TEST(ConnectionPool, ReportsAndReplacesAConnectionThatBreaksInATransaction) {
  const TestDatabase test;
  Database database{{.url = test.url(), .connections = 1}};
  EXPECT_THROW(database.write([&](Transaction& transaction) {
    run_sql(test.url(), "select pg_terminate_backend(" + std::to_string(process_of(transaction)) + ", 5000)");
    return process_of(transaction);
  }),
               DatabaseAway);
  EXPECT_GT(database.write(process_of), 0);
}

TEST(ConnectionPool, ACommitOnABrokenConnectionIsInDoubt) {
  const TestDatabase test;
  Database database{{.url = test.url(), .connections = 1}};
  EXPECT_THROW(database.write([&](Transaction& transaction) {
    run_sql(test.url(), "select pg_terminate_backend(" + std::to_string(process_of(transaction)) + ", 5000)");
    return true;
  }),
               CommitInDoubt);
}

TEST(ConnectionPool, SurvivesARestartOfPostgresql) {
  testing::PostgresServer server;
  const TestDatabase test{server};
  Database database{{.url = test.url(), .connections = 3}};
  ASSERT_TRUE(database.ready());
  server.stop();
  EXPECT_EQ(database.state(), DatabaseState::away);
  EXPECT_THROW(database.write(process_of), DatabaseAway);
  server.start();
  EXPECT_TRUE(database.ready());
  EXPECT_GT(database.write(process_of), 0);
}

TEST(ConnectionPool, ABorrowerThatWaitsTooLongIsToldThatTheDatabaseIsBusy) {
  const TestDatabase test;
  Database database{{.url = test.url(), .connections = 1}};
  database.read([&](Transaction&) {
    EXPECT_THROW(database.read(process_of), DatabaseBusy);
    return true;
  });
}

TEST(ConnectionPool, LendsNoMoreConnectionsThanItHas) {
  const TestDatabase test;
  Database database{{.url = test.url(), .connections = 3}};
  std::vector<std::future<int>> jobs;
  for (int job = 0; job < 12; ++job) {
    jobs.push_back(std::async(std::launch::async, [&] {
      return database.read([](Transaction& transaction) {
        execute(transaction, sleep_for, std::string("0.05"));
        return process_of(transaction);
      });
    }));
  }
  std::set<int> processes;
  for (auto& job : jobs) {
    processes.insert(job.get());
  }
  EXPECT_LE(processes.size(), 3u);
}

TEST(ConnectionPool, AStatementTimeOutIsDatabaseBusyAndTheConnectionStaysUsable) {
  const TestDatabase test;
  Database database{{.url = test.url() + " options='-c statement_timeout=50'", .connections = 1}};
  const int before = database.read(process_of);
  EXPECT_THROW(database.write([](Transaction& transaction) {
    execute(transaction, sleep_for, std::string("5"));
    return true;
  }),
               DatabaseBusy);
  EXPECT_EQ(database.read(process_of), before);
}

TEST(ConnectionPool, ALockTimeOutIsDatabaseBusy) {
  const TestDatabase test;
  Database database{{.url = test.url() + " options='-c lock_timeout=50'", .connections = 2}};
  const UserView user = add_user(database, "nora");
  const ThreadId thread = add_thread(database, user, {});
  database.write([&](Transaction& first) {
    take_seq(first, thread);
    EXPECT_THROW(database.write([&](Transaction& second) { return take_seq(second, thread).has_value(); }),
                 DatabaseBusy);
    return true;
  });
}

TEST(ConnectionPool, EveryConnectionHasItsTimeOutsAndSpeaksUtc) {
  const TestDatabase test;
  Database database{{.url = test.url()}};
  database.read([](Transaction& transaction) {
    EXPECT_EQ(setting_of(transaction, "statement_timeout"), "5s");
    EXPECT_EQ(setting_of(transaction, "lock_timeout"), "2s");
    EXPECT_EQ(setting_of(transaction, "idle_in_transaction_session_timeout"), "10s");
    EXPECT_EQ(setting_of(transaction, "TimeZone"), "UTC");
    EXPECT_EQ(setting_of(transaction, "jit"), "off");
    EXPECT_EQ(setting_of(transaction, "application_name"), "foyer");
    return true;
  });
}

TEST(ConnectionPool, AStringThatIsNoDatabaseUrlIsRefusedWithoutQuotingIt) {
  try {
    Database database{{.url = "postgres:secret word"}};
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
  }
}

TEST(Transaction, CommitsOnlyWhatItsJobReturnsAsAValue) {
  const TestDatabase test;
  Database database{{.url = test.url()}};
  const NewUser user{.name = "nora", .name_key = "nora", .email = "", .password_hash = ""};
  database.write([&](Transaction& transaction) -> Result<int> {
    insert_user(transaction, user);
    return refused(ErrorCode::conflict, "changed its mind");
  });
  EXPECT_FALSE(database.read([](Transaction& transaction) { return find_user_by_name_key(transaction, "nora"); }));
}

TEST(Transaction, IsNotCommittedWhenAnErrorWasSwallowed) {
  const TestDatabase test;
  Database database{{.url = test.url()}};
  EXPECT_THROW(database.write([](Transaction& transaction) {
    EXPECT_THROW(execute(transaction, divide, 0), DatabaseFailure);
    return true;
  }),
               DatabaseFailure);
}

TEST(Transaction, ADeadlockIsTriedAgainUntilBothAreThrough) {
  const TestDatabase test;
  Database database{{.url = test.url()}};
  const UserView user = add_user(database, "nora");
  const ThreadId one = add_thread(database, user, {});
  const ThreadId two = add_thread(database, user, {});
  std::atomic<int> holding = 0;
  const auto take_both = [&](ThreadId first, ThreadId second) {
    bool waited = false;
    return database.write([&, waited](Transaction& transaction) mutable {
      take_seq(transaction, first);
      if (!waited) {  // the first time both hold one before they ask for the other
        waited = true;
        ++holding;
        EXPECT_TRUE(eventually([&] { return holding >= 2; }));
      }
      return take_seq(transaction, second).value();
    });
  };
  auto other = std::async(std::launch::async, [&] { return take_both(one, two); });
  take_both(two, one);
  other.get();
  const auto heads = database.read([&](Transaction& transaction) { return read_heads(transaction, {one, two}); });
  EXPECT_EQ(heads.at(0).seq.value, 3);
  EXPECT_EQ(heads.at(1).seq.value, 3);
}

TEST(Transaction, ASnapshotSeesOneState) {
  const TestDatabase test;
  Database database{{.url = test.url()}};
  database.snapshot([&](Transaction& transaction) {
    EXPECT_FALSE(find_user_by_name_key(transaction, "nora"));
    add_user(database, "nora");
    EXPECT_FALSE(find_user_by_name_key(transaction, "nora"));
    return true;
  });
  EXPECT_TRUE(database.read([](Transaction& transaction) { return find_user_by_name_key(transaction, "nora"); }));
}

}  // namespace
}  // namespace foyer::persistence
