// The trail of changed rights: what writes it, and that a reader misses nothing, in whatever order transactions commit.
#include <algorithm>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "persistence/access_changes.hpp"
#include "persistence/sanction_store.hpp"
#include "protocol/limits.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

std::string hash_of(int number) { return std::string(31, '\0') + static_cast<char>(number); }

class AccessChangesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    nora_ = add_user(database_, "nora").id;
    boris_ = add_user(database_, "boris").id;
    add_session(nora_, 1);
    add_session(boris_, 2);
    token_ = database_.write([&](Transaction& t) { return insert_token(t, nora_, "laptop", {"write"}, hash_of(3)); })
                 .value()
                 .id;
    look();
  }

  void add_session(UserId user, int number) {
    database_.write([&](Transaction& t) {
      insert_session(t, user, hash_of(number));
      return true;
    });
  }
  // Whose access has changed since the last look.
  std::vector<UserId> look() {
    const auto changes = database_.read([&](Transaction& t) { return read_access_changes(t, position_); });
    position_ = changes.position;
    everybody_ = changes.everybody;
    return changes.users;
  }
  std::vector<UserId> after_sql(const std::string& statement) {
    run_sql(test_.url(), statement);
    return look();
  }

  TestDatabase test_;
  Database database_{{test_.url(), 4}};
  UserId nora_, boris_;
  TokenId token_;
  AccessPosition position_;
  bool everybody_ = false;
};

using Users = std::vector<UserId>;

TEST_F(AccessChangesTest, NameWhoeverLosesOrGainsSomethingWhateverDidIt) {
  EXPECT_EQ(look(), Users{});
  database_.write([](Transaction& t) { return delete_session(t, hash_of(1)); });
  EXPECT_EQ(look(), Users{nora_});
  EXPECT_EQ(after_sql("update tokens set scopes = '{read}'"), Users{nora_});
  database_.write([&](Transaction& t) { return delete_token(t, nora_, token_); });
  EXPECT_EQ(look(), Users{nora_});
  EXPECT_EQ(after_sql("update users set role = 'moderator' where name = 'boris'"), Users{boris_});
  EXPECT_EQ(after_sql("update users set role = role, password_hash = 'x'"), Users{});
  database_.write([&](Transaction& t) {
    put_sanction(t, {boris_, SanctionKind::ban, std::nullopt, "spam", nora_});
    return true;
  });
  EXPECT_EQ(look(), Users{boris_});
  EXPECT_EQ(after_sql("update sanctions set until = now()"), Users{boris_});
  database_.write([&](Transaction& t) { return lift_sanctions(t, boris_); });
  EXPECT_EQ(look(), Users{boris_});
  EXPECT_FALSE(everybody_);
}

TEST_F(AccessChangesTest, NameAMemberWhoIsDeleted) {
  EXPECT_EQ(after_sql("delete from users where name = 'nora'"), Users{nora_});
}

TEST_F(AccessChangesTest, NameWhoseOldestSessionMadeRoom) {
  for (int number = 10; number < 10 + static_cast<int>(limits::sessions_per_user); ++number) {
    add_session(nora_, number);
  }
  EXPECT_EQ(look(), Users{nora_});
}

TEST_F(AccessChangesTest, AreEverybodysWhenATableIsEmptied) {
  after_sql("truncate sessions");
  EXPECT_TRUE(everybody_);
  look();
  EXPECT_FALSE(everybody_);
}

TEST_F(AccessChangesTest, AreNotedOncePerMemberAndStatement) {
  for (int number = 10; number < 30; ++number) {
    add_session(nora_, number);
  }
  run_sql(test_.url(), "delete from sessions");
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from access_changes where user_id = " + std::to_string(nora_.value)),
            "1");
}

TEST_F(AccessChangesTest, AreNotReadOfATransactionThatRolledBack) {
  database_.write([](Transaction& t) -> Result<bool> {
    delete_session(t, hash_of(1));
    return refused(ErrorCode::conflict, "no");
  });
  EXPECT_EQ(look(), Users{});
}

// The ids of rows are given out before the commit: whoever goes on from the highest id loses the late one.
TEST_F(AccessChangesTest, OfATransactionThatCommitsLateAreNotLost) {
  std::promise<void> written;
  std::promise<void> may_commit;
  std::thread late([&] {
    database_.write([&](Transaction& t) {
      delete_session(t, hash_of(1));
      written.set_value();
      may_commit.get_future().wait();
      return true;
    });
  });
  written.get_future().wait();
  database_.write([](Transaction& t) { return delete_session(t, hash_of(2)); });
  EXPECT_EQ(look(), Users{boris_});
  EXPECT_EQ(look(), Users{});  // and nothing twice while it runs
  may_commit.set_value();
  late.join();
  EXPECT_EQ(look(), Users{nora_});
  EXPECT_EQ(look(), Users{});
}

TEST_F(AccessChangesTest, OfManyTransactionsAtOnceAreEachReadOnce) {
  constexpr int members = 60;
  std::vector<UserId> expected;
  for (int number = 0; number < members; ++number) {
    const UserId user = add_user(database_, "member" + std::to_string(number)).id;
    expected.push_back(user);
    add_session(user, 50 + number);
  }
  look();
  std::vector<std::thread> threads;
  for (int third = 0; third < 3; ++third) {
    threads.emplace_back([&, third] {
      for (int number = third; number < members; number += 3) {
        database_.write([&](Transaction& t) { return delete_session(t, hash_of(50 + number)); });
      }
    });
  }
  std::vector<UserId> seen;
  const auto gather = [&] {
    const auto users = look();
    seen.insert(seen.end(), users.begin(), users.end());
    return seen.size() >= expected.size();
  };
  EXPECT_TRUE(eventually(gather));
  for (std::thread& thread : threads) {
    thread.join();
  }
  gather();
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(seen, expected);
}

TEST_F(AccessChangesTest, AreEverybodysWhenThereAreTooMany) {
  run_sql(test_.url(), "insert into access_changes (user_id) select generate_series(1, " +
                           std::to_string(limits::rights_poll_changes + 1) + ")");
  look();
  EXPECT_TRUE(everybody_);
  EXPECT_EQ(look(), Users{});
  EXPECT_FALSE(everybody_);
}

TEST_F(AccessChangesTest, AreEverybodysAfterTheClusterBeganToCountAnew) {
  position_.snapshot = "900000000:900000000:";
  look();
  EXPECT_TRUE(everybody_);
}

TEST_F(AccessChangesTest, AreSweptAfterAWhile) {
  run_sql(test_.url(), "delete from access_changes");
  database_.write([](Transaction& t) { return delete_session(t, hash_of(1)); });
  database_.write([](Transaction& t) { return delete_session(t, hash_of(2)); });
  run_sql(test_.url(),
          "update access_changes set at = now() - interval '2 hours' where user_id = " + std::to_string(nora_.value));
  EXPECT_EQ(database_.write([](Transaction& t) { return delete_expired(t); }), 1);
  EXPECT_EQ(run_sql(test_.url(), "select count(*) from access_changes"), "1");
}

}  // namespace
}  // namespace foyer::persistence
