#include "protocol/limits.hpp"
#include "server/forum/accounts.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;
using samples::Transaction;

constexpr PasswordCost cheap{1, 8'192};

class Accounts : public samples::ForumWorld {
 protected:
  Result<SignedIn> enter(const std::string& name, const std::string& email, const std::string& password) {
    const auto registration = check_registration(RegisterRequest{name, email, password});
    if (!registration) return registration.error();
    return create_account(database, *registration, hash_password(registration->password, cheap));
  }

  Result<UserView> log_in(const std::string& login, const std::string& password) {
    return check_credentials(find_credentials(database, LoginRequest{login, password}), password);
  }

  Actor who(const std::string& session_token) {
    return database.read([&](Transaction& transaction) { return identify(transaction, Proof{session_token, ""}); })
        .value();
  }

  Result<Actor> bearer(const std::string& token) {
    return database.read([&](Transaction& transaction) { return identify(transaction, Proof{"", token}); });
  }
};

TEST_F(Accounts, RegisterAndAreLoggedIn) {
  const auto signed_in = enter("Nadia", "nadia@example.org", "correct horse").value();
  EXPECT_EQ(signed_in.user.name, "Nadia");
  EXPECT_EQ(signed_in.user.role, Role::member);
  EXPECT_EQ(who(signed_in.session_token).user, signed_in.user);
  EXPECT_EQ(sql("select count(*) from sessions where token_hash = '" + signed_in.session_token + "'::bytea"), "0");
}

TEST_F(Accounts, HearOfAllTheirMistakesAtOnce) {
  const auto wrong = check_registration(RegisterRequest{"a b", "nowhere", "short"});
  ASSERT_EQ(code_of(wrong), ErrorCode::invalid);
  ASSERT_EQ(wrong.error().fields.size(), 3U);
  EXPECT_EQ(wrong.error().fields[0].field, "name");
  EXPECT_EQ(wrong.error().fields[1].field, "email");
  EXPECT_EQ(wrong.error().fields[2].field, "password");
}

TEST_F(Accounts, HaveANameThatNobodyElseHas) {
  ASSERT_TRUE(enter("Paul", "a@example.org", "correct horse").has_value());
  EXPECT_EQ(code_of(enter("PAU1", "b@example.org", "correct horse")), ErrorCode::name_taken);
}

TEST_F(Accounts, ShareAnUnverifiedEmailWithoutKnowingIt) {
  ASSERT_TRUE(enter("Nadia", "same@example.org", "correct horse").has_value());
  EXPECT_TRUE(enter("Olga", "same@example.org", "correct horse").has_value());
  EXPECT_EQ(code_of(log_in("same@example.org", "correct horse")), ErrorCode::wrong_credentials);
  sql("update users set email_verified_at = now() where name = 'Olga'");
  EXPECT_EQ(log_in("Same@Example.org", "correct horse").value().name, "Olga");
  EXPECT_TRUE(enter("Petra", "same@example.org", "correct horse").has_value());
}

TEST_F(Accounts, LogInByNameWithTheirPassword) {
  const auto signed_in = enter("Nadia", "nadia@example.org", "p\u00e4ssword!").value();
  EXPECT_EQ(log_in("nAdIa", "pa\u0308ssword!").value(), signed_in.user);
  EXPECT_EQ(code_of(log_in("Nadia", "password!")), ErrorCode::wrong_credentials);
  EXPECT_EQ(code_of(log_in("Nobody", "p\u00e4ssword!")), ErrorCode::wrong_credentials);
  EXPECT_EQ(code_of(log_in("", "")), ErrorCode::wrong_credentials);
  EXPECT_EQ(code_of(log_in("mira", "")), ErrorCode::wrong_credentials) << "an account without password";
}

TEST_F(Accounts, LogOut) {
  const auto signed_in = enter("Nadia", "nadia@example.org", "correct horse").value();
  const auto other = open_session(database, signed_in.user).value();
  close_session(database, signed_in.session_token);
  EXPECT_TRUE(who(signed_in.session_token).guest());
  EXPECT_FALSE(who(other.session_token).guest());
}

TEST_F(Accounts, AreGuestsWithoutAValidCookie) {
  EXPECT_TRUE(who("").guest());
  EXPECT_TRUE(who("unknown").guest());
  const auto signed_in = open_session(database, *mira.user).value();
  sql("update sessions set last_seen_at = now() - interval '2 hours'");
  EXPECT_FALSE(who(signed_in.session_token).guest());
  EXPECT_EQ(sql("select count(*) from sessions where last_seen_at > now() - interval '1 hour'"), "1");
  sql("update sessions set last_seen_at = now() - interval '31 days'");
  EXPECT_TRUE(who(signed_in.session_token).guest());
}

TEST_F(Accounts, UseTokensForWhatTheyWereMadeFor) {
  const auto token = act(create_token, vera, CreateTokenRequest{"my reader", {"read", "write"}}).value();
  EXPECT_EQ(token.secret.size(), 43U);
  const Actor actor = bearer(token.secret).value();
  EXPECT_EQ(actor.user, vera.user);
  EXPECT_EQ(actor.reach, Reach::writing);
  EXPECT_FALSE(actor.moderator());
  EXPECT_EQ(code_of(bearer("unknown")), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(act(create_token, actor, CreateTokenRequest{"more", {"moderate"}})), ErrorCode::forbidden);
  EXPECT_EQ(field_of(act(create_token, vera, CreateTokenRequest{"x", {"fly"}})), "scopes[0]");
  EXPECT_EQ(field_of(act(create_token, vera, CreateTokenRequest{"x", {}})), "scopes");
  EXPECT_EQ(field_of(act(create_token, vera, CreateTokenRequest{"", {"read"}})), "name");
  EXPECT_EQ(code_of(act(create_token, guest, CreateTokenRequest{"x", {"read"}})), ErrorCode::unauthenticated);
}

TEST_F(Accounts, ListAndDeleteTheirOwnTokens) {
  const auto token = act(create_token, mira, CreateTokenRequest{"my reader", {"read"}}).value();
  const auto listed = look(list_tokens, mira).value();
  ASSERT_EQ(listed.items.size(), 1U);
  EXPECT_EQ(listed.items[0].secret, "");
  EXPECT_EQ(code_of(act(delete_token, tomas, token.id)), ErrorCode::not_found);
  EXPECT_TRUE(act(delete_token, mira, token.id).has_value());
  EXPECT_EQ(code_of(bearer(token.secret)), ErrorCode::unauthenticated);
  for (std::size_t count = 0; count < limits::tokens_per_user; ++count) {
    ASSERT_TRUE(act(create_token, mira, CreateTokenRequest{"one more", {"read"}}).has_value());
  }
  EXPECT_EQ(code_of(act(create_token, mira, CreateTokenRequest{"too many", {"read"}})), ErrorCode::conflict);
}

TEST_F(Accounts, HaveAPublicProfile) {
  const ThreadId thread = start(mira).value().view.thread.id;
  ASSERT_TRUE(reply(mira, thread, "second").has_value());
  const auto profile = look(read_profile, std::string("MIRA")).value();
  EXPECT_EQ(profile.post_count, 2);
  EXPECT_EQ(profile.thread_count, 1);
  EXPECT_EQ(code_of(look(read_profile, std::string("no body"))), ErrorCode::not_found);
  const auto page = look(list_posts_of, std::string("mira"), ListRequest{std::nullopt, 1}).value();
  EXPECT_EQ(page.items.at(0).body, "second");
  const auto next = look(list_posts_of, std::string("mira"), ListRequest{page.next, 1}).value();
  EXPECT_EQ(next.items.at(0).number, PostNumber{1});
  EXPECT_FALSE(next.next);
  EXPECT_EQ(field_of(look(list_posts_of, std::string("mira"), ListRequest{"forged", 1})), "after");
}

TEST_F(Accounts, MadeByTheOperatorHaveAVerifiedEmailAndARole) {
  const Registration registration{checked_member_name("Olga").value(), "olga@example.org", ""};
  const auto user = act(create_user, registration, hash_password("correct horse", cheap), Role::moderator).value();
  EXPECT_EQ(user.role, Role::moderator);
  EXPECT_EQ(log_in("olga@example.org", "correct horse").value(), user);
  const Registration again{checked_member_name("Petra").value(), "olga@example.org", ""};
  EXPECT_EQ(code_of(act(create_user, again, std::string(), Role::member)), ErrorCode::conflict);
  const Registration same_name{checked_member_name("olga").value(), "", ""};
  EXPECT_EQ(code_of(act(create_user, same_name, std::string(), Role::member)), ErrorCode::name_taken);
  const Registration silent{checked_member_name("Petra").value(), "", ""};
  ASSERT_TRUE(act(create_user, silent, std::string(), Role::member).has_value());
  EXPECT_EQ(code_of(log_in("Petra", "")), ErrorCode::wrong_credentials);
}

TEST_F(Accounts, ChangeTheirRoleByTheOperator) {
  ASSERT_TRUE(act(change_role, std::string("Mira"), Role::moderator).has_value());
  EXPECT_EQ(look(read_profile, std::string("mira")).value().user.role, Role::moderator);
  EXPECT_EQ(code_of(act(change_role, std::string("nobody2"), Role::admin)), ErrorCode::not_found);
}

}  // namespace
}  // namespace foyer::forum
