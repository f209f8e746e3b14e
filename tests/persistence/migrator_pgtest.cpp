#include <future>

#include <gtest/gtest.h>

#include "persistence/database.hpp"
#include "persistence/errors.hpp"
#include "persistence/migrator.hpp"
#include "tests/support/services.hpp"

namespace foyer::persistence {
namespace {

using testing::run_sql;
using testing::shared_postgres;

const std::vector<Migration> two{{1, "0001_one", "create table one (id integer)"},
                                 {2, "0002_two", "create table two (id integer); insert into two values (7)"}};

std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

TEST(Migrator, EmbedsEveryMigrationInOrderOfItsNumber) {
  const auto& migrations = embedded_migrations();
  ASSERT_GE(migrations.size(), 4u);
  for (std::size_t at = 0; at < migrations.size(); ++at) {
    EXPECT_EQ(migrations[at].number, static_cast<int>(at) + 1);
    EXPECT_TRUE(migrations[at].sql.starts_with("-- ")) << migrations[at].name << " gives no reason";
  }
}

TEST(Migrator, AppliesEachMigrationOnceAndInOrder) {
  const std::string url = shared_postgres().create_empty_database();
  std::vector<int> seen;
  EXPECT_EQ(migrate(url, two, [&](const Migration& migration) { seen.push_back(migration.number); }), 2);
  EXPECT_EQ(migrate(url, two, {}), 0);
  EXPECT_EQ(seen, (std::vector<int>{1, 2}));
  EXPECT_EQ(run_sql(url, "select id from two"), "7");
}

TEST(Migrator, AppliesOnceWhenSeveralNodesStartTogether) {
  const std::string url = shared_postgres().create_empty_database();
  std::vector<std::future<int>> nodes;
  for (int node = 0; node < 4; ++node) {
    nodes.push_back(std::async(std::launch::async, [&] { return migrate(url, embedded_migrations(), {}); }));
  }
  int applied = 0;
  for (auto& node : nodes) {
    applied += node.get();
  }
  EXPECT_EQ(applied, static_cast<int>(embedded_migrations().size()));
}

TEST(Migrator, RefusesAMigrationThatWasChangedAfterwards) {
  const std::string url = shared_postgres().create_empty_database();
  migrate(url, two, {});
  auto changed = two;
  changed[0].sql = "create table one (id bigint)";
  EXPECT_NE(message_of([&] { migrate(url, changed, {}); }).find("0001_one"), std::string::npos);
}

TEST(Migrator, RefusesADatabaseNewerThanTheProgram) {
  const std::string url = shared_postgres().create_empty_database();
  migrate(url, two, {});
  EXPECT_NE(message_of([&] { migrate(url, {two[0]}, {}); }).find("newer"), std::string::npos);
}

TEST(Migrator, LeavesNothingOfAMigrationThatFails) {
  const std::string url = shared_postgres().create_empty_database();
  auto broken = two;
  broken[1].sql = "create table two (id integer); select no_such_function()";
  EXPECT_THROW(migrate(url, broken, {}), DatabaseFailure);
  EXPECT_EQ(run_sql(url, "select to_regclass('two') is null"), "t");
  EXPECT_EQ(migrate(url, two, {}), 1);
}

TEST(Migrator, SaysThatPostgresqlIsAway) {
  EXPECT_THROW(migrate("host=/nonexistent dbname=foyer", two, {}), DatabaseAway);
}

TEST(Database, IsReadyOnceItIsMigrated) {
  const std::string url = shared_postgres().create_empty_database();
  Database database{{.url = url}};
  EXPECT_EQ(database.state(), DatabaseState::not_migrated);
  migrate(url, embedded_migrations(), {});
  EXPECT_EQ(database.state(), DatabaseState::ready);
}

}  // namespace
}  // namespace foyer::persistence
