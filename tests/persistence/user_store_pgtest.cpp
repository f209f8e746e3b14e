#include <gtest/gtest.h>

#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

std::string hash_of(int number) {
  std::string hash(32, '\0');  // raw bytes: NUL, quotes and backslashes must all survive
  hash[0] = '\\';
  hash[1] = '\'';
  hash[31] = static_cast<char>(number);
  return hash;
}

class UserStore : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");

  int sessions() { return std::stoi(run_sql(test_.url(), "select count(*) from sessions")); }
};

TEST_F(UserStore, FindsAMemberByTheFoldedName) {
  const auto found = database_.read([](Transaction& t) { return find_user_by_name_key(t, "nora"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user, nora_);
  EXPECT_EQ(found->password_hash, "hash");
}

TEST_F(UserStore, ATakenNameIsAValueAndTheTransactionGoesOn) {
  database_.write([](Transaction& t) {
    EXPECT_FALSE(insert_user(t, {.name = "Nora", .name_key = "nora", .email = "", .password_hash = ""}));
    EXPECT_TRUE(insert_user(t, {.name = "Boris", .name_key = "boris", .email = "", .password_hash = ""}));
    return true;
  });
  EXPECT_TRUE(database_.read([](Transaction& t) { return find_user_by_name_key(t, "boris"); }));
}

TEST_F(UserStore, AnUnverifiedAddressBelongsToNobody) {
  EXPECT_FALSE(database_.read([](Transaction& t) { return find_user_by_verified_email(t, "nora@example.org"); }));
  database_.write([](Transaction& t) {
    return insert_user(t, {.name = "other",
                           .name_key = "other",
                           .email = "Nora@Example.org",
                           .email_verified = true,
                           .password_hash = ""})
        .has_value();
  });
  const auto owner = database_.read([](Transaction& t) { return find_user_by_verified_email(t, "NORA@example.org"); });
  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->user.name, "other");
}

TEST_F(UserStore, AProfileCountsVisiblePostsAndThreads) {
  const ThreadId thread = add_thread(database_, nora_, {});
  add_thread(database_, nora_, {});
  database_.write([&](Transaction& t) {
    const PostRow post = list_posts(t, thread, PostNumber{0}, 1).at(0);
    set_post_state(t, post.id, PostState::removed, "spam");
    return true;
  });
  const auto profile = database_.read([](Transaction& t) { return find_profile(t, "nora"); });
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->post_count, 1);
  EXPECT_EQ(profile->thread_count, 2);
  EXPECT_FALSE(database_.read([](Transaction& t) { return find_profile(t, "nobody"); }));
}

TEST_F(UserStore, ARoleCanBeChanged) {
  database_.write([&](Transaction& t) {
    EXPECT_TRUE(set_role(t, "nora", Role::moderator));
    EXPECT_FALSE(set_role(t, "nobody", Role::moderator));
    return true;
  });
  const auto found = database_.read([](Transaction& t) { return find_user_by_name_key(t, "nora"); });
  EXPECT_EQ(found->user.role, Role::moderator);
}

TEST_F(UserStore, ASessionIsFoundByTheHashOfItsTokenUntilItIsEnded) {
  database_.write([&](Transaction& t) {
    insert_session(t, nora_.id, hash_of(1));
    return true;
  });
  const auto found =
      database_.read([](Transaction& t) { return find_sessions(t, {hash_of(2), hash_of(1), hash_of(1)}); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(hash_of(1)).user, nora_);
  EXPECT_FALSE(found.at(hash_of(1)).sanction);
  EXPECT_FALSE(database_.read([](Transaction& t) { return !find_sessions(t, {hash_of(2)}).empty(); }));
  EXPECT_TRUE(database_.write([](Transaction& t) { return delete_session(t, hash_of(1)); }));
  EXPECT_FALSE(database_.write([](Transaction& t) { return delete_session(t, hash_of(1)); }));
}

TEST_F(UserStore, TheOldestSessionsAboveTheLimitEnd) {
  for (std::size_t number = 0; number <= limits::sessions_per_user; ++number) {
    database_.write([&](Transaction& t) {
      insert_session(t, nora_.id, hash_of(static_cast<int>(number)));
      return true;
    });
    run_sql(test_.url(), "update sessions set created_at = created_at - interval '1 minute'");
  }
  EXPECT_EQ(sessions(), static_cast<int>(limits::sessions_per_user));
  EXPECT_FALSE(database_.read([](Transaction& t) { return !find_sessions(t, {hash_of(0)}).empty(); }));
  EXPECT_TRUE(database_.read([](Transaction& t) { return !find_sessions(t, {hash_of(1)}).empty(); }));
}

TEST_F(UserStore, AnIdleSessionIsNotFoundAndSweptAway) {
  database_.write([&](Transaction& t) {
    insert_session(t, nora_.id, hash_of(1));
    return true;
  });
  run_sql(test_.url(), "update sessions set last_seen_at = now() - interval '31 days'");
  EXPECT_FALSE(database_.read([](Transaction& t) { return !find_sessions(t, {hash_of(1)}).empty(); }));
  EXPECT_EQ(database_.write([](Transaction& t) { return delete_expired(t); }), 1);
  EXPECT_EQ(sessions(), 0);
}

TEST_F(UserStore, TheUseOfASessionIsNotedAtMostOnceAnHour) {
  database_.write([&](Transaction& t) {
    insert_session(t, nora_.id, hash_of(1));
    return true;
  });
  const auto touch_after = [&](const std::string& interval) {
    run_sql(test_.url(), "update sessions set last_seen_at = now() - interval '" + interval + "'");
    database_.write([](Transaction& t) {
      touch_sessions(t, {hash_of(1)});
      return true;
    });
    return run_sql(test_.url(), "select last_seen_at > now() - interval '1 minute' from sessions") == "t";
  };
  EXPECT_FALSE(touch_after("30 minutes"));
  EXPECT_TRUE(touch_after("2 hours"));
}

TEST_F(UserStore, ATokenAnswersWithItsOwnerAndScopes) {
  const std::vector<std::string> scopes{"read", "write \"all\""};
  const auto token =
      database_.write([&](Transaction& t) { return insert_token(t, nora_.id, "laptop", scopes, hash_of(1)); });
  ASSERT_TRUE(token);
  const auto owners = database_.read([](Transaction& t) { return find_tokens(t, {hash_of(1), hash_of(2)}); });
  ASSERT_EQ(owners.size(), 1U);
  EXPECT_EQ(owners.at(hash_of(1)).user, nora_);
  EXPECT_EQ(owners.at(hash_of(1)).scopes, scopes);
  EXPECT_EQ(database_.read([&](Transaction& t) { return list_tokens(t, nora_.id); }), (std::vector<TokenView>{*token}));
  EXPECT_TRUE(database_.write([&](Transaction& t) { return delete_token(t, nora_.id, token->id); }));
  EXPECT_FALSE(database_.read([](Transaction& t) { return !find_tokens(t, {hash_of(1)}).empty(); }));
}

TEST_F(UserStore, AnotherMembersTokenCannotBeDeleted) {
  const auto token = database_.write([&](Transaction& t) { return insert_token(t, nora_.id, "a", {}, hash_of(1)); });
  const UserView boris = add_user(database_, "boris");
  EXPECT_FALSE(database_.write([&](Transaction& t) { return delete_token(t, boris.id, token->id); }));
}

TEST_F(UserStore, ThereAreNoMoreTokensThanTheLimit) {
  for (std::size_t number = 0; number < limits::tokens_per_user; ++number) {
    EXPECT_TRUE(database_.write(
        [&](Transaction& t) { return insert_token(t, nora_.id, "a", {}, hash_of(static_cast<int>(number))); }));
  }
  EXPECT_FALSE(database_.write([&](Transaction& t) { return insert_token(t, nora_.id, "a", {}, hash_of(99)); }));
}

}  // namespace
}  // namespace foyer::persistence
