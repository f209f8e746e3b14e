#include "persistence/event_store.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/sanctions.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;
using samples::code_of;
using samples::field_of;
using namespace std::chrono_literals;

class Sanctions : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    ada = member("ada", Role::admin);
    session = database.write([&](Transaction& t) {
      const std::string token = random_token();
      persistence::insert_session(t, mira.user->id, sha256(token));
      return token;
    });
  }
  Result<SanctionView> decide(const Actor& actor, const std::string& name, SanctionKind kind,
                              std::optional<Timestamp> until = std::nullopt, const std::string& reason = "spam") {
    return act(sanction_member, actor, name, SanctionRequest{kind, until, reason});
  }
  Timestamp in(std::chrono::minutes span) {
    return database.read([](Transaction& t) { return persistence::transaction_time(t); }) + span;
  }
  Result<Actor> identified(const Proof& proof) {
    return database.read([&](Transaction& t) { return identify(t, proof); });
  }
  Actor by_session() { return identified({session, ""}).value(); }
  std::string log() { return sql("select string_agg(action || ' ' || reason, ', ' order by id) from moderation_log"); }

  Actor ada;
  std::string session;
};

TEST_F(Sanctions, SilenceLetsReadAndNotWrite) {
  const ThreadId thread = start(mira).value().view.thread.id;
  const PostId post = reply(mira, thread, "before").value().post.id;
  ASSERT_TRUE(decide(vera, "mira", SanctionKind::silence));
  const Actor silenced = by_session();
  ASSERT_TRUE(silenced.is(mira.user->id));
  EXPECT_EQ(code_of(reply(silenced, thread, "after")), ErrorCode::silenced);
  EXPECT_EQ(code_of(start(silenced)), ErrorCode::silenced);
  EXPECT_EQ(code_of(act(edit_post, silenced, post, EditPostRequest{"other"})), ErrorCode::silenced);
  EXPECT_EQ(code_of(act(delete_post, silenced, post)), ErrorCode::silenced);
  EXPECT_EQ(reply(silenced, thread, "after").error().detail, "You may read but not write: spam");
}

TEST_F(Sanctions, TheWriterItselfRefusesWhoWasSanctionedMeanwhile) {
  const ThreadId thread = start(mira).value().view.thread.id;
  ASSERT_TRUE(decide(vera, "mira", SanctionKind::silence));
  EXPECT_EQ(code_of(reply(mira, thread, "with an actor of before")), ErrorCode::silenced);
  ASSERT_TRUE(decide(vera, "mira", SanctionKind::ban));
  EXPECT_EQ(code_of(reply(mira, thread, "with an actor of before")), ErrorCode::banned);
  EXPECT_TRUE(reply(tomas, thread, "somebody else"));
  ASSERT_TRUE(decide(vera, "mira", SanctionKind::lift));
  EXPECT_TRUE(reply(mira, thread, "again"));
}

TEST_F(Sanctions, ABanEndsSessionsRefusesTokensAndLogInUntilItIsLifted) {
  const TokenView token = act(create_token, mira, CreateTokenRequest{"laptop", {"write"}}).value();
  const Timestamp end = in(24h);
  ASSERT_TRUE(decide(vera, "mira", SanctionKind::ban, end));
  EXPECT_TRUE(by_session().guest());
  EXPECT_EQ(sql("select count(*) from sessions"), "0");
  EXPECT_EQ(code_of(identified({"", token.secret})), ErrorCode::banned);
  const auto refused_log_in = open_session(database, *mira.user);
  EXPECT_EQ(code_of(refused_log_in), ErrorCode::banned);
  EXPECT_NE(refused_log_in.error().detail.find(to_rfc3339(end).substr(0, 10)), std::string::npos);
  ASSERT_TRUE(decide(vera, "mira", SanctionKind::lift, std::nullopt, "we talked"));
  EXPECT_TRUE(open_session(database, *mira.user));
  EXPECT_TRUE(identified({"", token.secret}));
  EXPECT_EQ(log(), "ban spam, lift we talked");
}

TEST_F(Sanctions, EndByThemselves) {
  ASSERT_TRUE(decide(vera, "mira", SanctionKind::silence, in(5min)));
  EXPECT_FALSE(by_session().silence.empty());
  sql("update sanctions set until = now()");
  EXPECT_TRUE(by_session().silence.empty());
  EXPECT_EQ(by_session().reach, Reach::moderating);
  EXPECT_EQ(look(read_sanction, vera, *mira.user).value(), std::nullopt);
  EXPECT_EQ(code_of(decide(vera, "mira", SanctionKind::lift)), ErrorCode::conflict);
}

TEST_F(Sanctions, AModeratorWhoIsSilencedDoesNotModerate) {
  ASSERT_TRUE(decide(ada, "vera", SanctionKind::silence));
  const auto token = database.write([&](Transaction& t) {
    const std::string made = random_token();
    persistence::insert_session(t, vera.user->id, sha256(made));
    return made;
  });
  const Actor silenced = identified({token, ""}).value();
  EXPECT_FALSE(silenced.moderator());
  EXPECT_EQ(code_of(decide(silenced, "mira", SanctionKind::ban)), ErrorCode::forbidden);
}

TEST_F(Sanctions, AreForModeratorsAboutMembersAndForAdminsAboutModerators) {
  EXPECT_EQ(code_of(decide(guest, "mira", SanctionKind::ban)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(decide(tomas, "mira", SanctionKind::ban)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(decide(vera, "vera", SanctionKind::lift)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(decide(ada, "ada", SanctionKind::ban)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(decide(vera, "ada", SanctionKind::ban)), ErrorCode::forbidden);
  member("otto", Role::moderator);
  EXPECT_EQ(code_of(decide(vera, "otto", SanctionKind::ban)), ErrorCode::forbidden);
  EXPECT_TRUE(decide(ada, "otto", SanctionKind::ban));
  EXPECT_EQ(code_of(decide(vera, "nobody", SanctionKind::ban)), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_sanction, tomas, *mira.user)), ErrorCode::forbidden);
}

TEST_F(Sanctions, NeedAReasonAndAnEndToCome) {
  EXPECT_EQ(field_of(decide(vera, "mira", SanctionKind::ban, std::nullopt, " ")), "reason");
  EXPECT_EQ(field_of(decide(vera, "mira", SanctionKind::ban, in(-1min))), "until");
  EXPECT_EQ(field_of(decide(vera, "mira", SanctionKind::ban, in(24h * 4'000))), "until");
  EXPECT_EQ(field_of(decide(vera, "mira", SanctionKind::lift, in(24h))), "until");
}

TEST_F(Sanctions, ManyProofsAreWhatEachIsByItself) {
  const TokenView token = act(create_token, tomas, CreateTokenRequest{"laptop", {"read"}}).value();
  const std::vector<Proof> proofs{{session, ""}, {"unknown", ""},         {"", token.secret}, {"", "unknown"},
                                  {"", ""},      {session, token.secret}, {session, ""}};
  const auto many = database.read([&](Transaction& t) { return identify(t, proofs); });
  ASSERT_EQ(many.size(), proofs.size());
  for (std::size_t place = 0; place < proofs.size(); ++place) {
    const auto one = identified(proofs[place]);
    EXPECT_EQ(one.has_error(), many[place].has_error()) << place;
    if (one) {
      EXPECT_EQ(one->user, many[place]->user) << place;
      EXPECT_EQ(one->reach, many[place]->reach) << place;
    }
  }
  EXPECT_TRUE(many[0]->is(mira.user->id));
  EXPECT_TRUE(many[1]->guest());
  EXPECT_TRUE(many[2]->is(tomas.user->id));
  EXPECT_EQ(many[2]->reach, Reach::reading);
  EXPECT_EQ(code_of(many[3]), ErrorCode::unauthenticated);
  EXPECT_TRUE(many[4]->guest());
  EXPECT_TRUE(many[5]->is(tomas.user->id));
  EXPECT_TRUE(many[6]->is(mira.user->id));
}

}  // namespace
}  // namespace foyer::forum
