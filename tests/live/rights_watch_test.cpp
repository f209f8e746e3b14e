// The rights watch with a database that answers when told to.
#include "server/live/rights_watch.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "tests/live/fake_rights.hpp"

namespace foyer::live {
namespace {

class FakeHolder final : public RightsHolder {
 public:
  explicit FakeHolder(std::string token) : proof_{std::move(token), ""} {}
  const forum::Proof& proof() const override { return proof_; }
  void on_rights(const Result<forum::Actor>& actor) override {
    ++told;
    guest = actor.has_value() && actor->guest();
  }
  int told = 0;
  bool guest = false;

 private:
  forum::Proof proof_;
};

class RightsWatchTest : public ::testing::Test {
 protected:
  void sign_in(std::uint64_t id, FakeHolder& holder) {
    watch.identify(holder.proof(), [this, id, &holder](const Result<forum::Actor>& actor) {
      if (actor.has_value() && actor->user) {
        watch.add(id, actor->user->id, holder);
      }
    });
  }
  void look() {
    now += limits::rights_poll;
    watch.look(now);
    reader.answer_all();
  }

  TimePoint now = TimePoint{} + std::chrono::hours(1);
  FakeRights reader;
  RightsWatch watch{reader};
};

TEST_F(RightsWatchTest, AHerdTravelsTogether) {
  constexpr std::size_t herd = 2'000;
  reader.people.emplace("anna", actor_of(7));
  std::size_t known = 0;
  for (std::size_t count = 0; count < herd; ++count) {
    watch.identify({"anna", ""}, [&](const Result<forum::Actor>& actor) { known += actor->guest() ? 0U : 1U; });
  }
  reader.answer_all();
  EXPECT_EQ(known, herd);
  EXPECT_LE(reader.reads, 6);
}

TEST_F(RightsWatchTest, NobodyIsAskedAboutWhileNobodyIsHere) {
  look();
  EXPECT_EQ(reader.reads, 0);
}

TEST_F(RightsWatchTest, OnlyWhoIsNamedIsIdentifiedAgain) {
  reader.people.emplace("anna", actor_of(7));
  reader.people.emplace("boris", actor_of(8));
  FakeHolder anna{"anna"};
  FakeHolder second_tab{"anna"};
  FakeHolder boris{"boris"};
  sign_in(1, anna);
  sign_in(2, second_tab);
  sign_in(3, boris);
  reader.answer_all();
  look();
  EXPECT_EQ(anna.told, 0);
  reader.people.erase("anna");
  reader.change(7);
  look();
  EXPECT_TRUE(anna.guest);
  EXPECT_TRUE(second_tab.guest);
  EXPECT_EQ(boris.told, 0);
  look();
  EXPECT_EQ(anna.told, 1);
}

// The change commits after the socket was identified and before anybody has heard of the socket.
TEST_F(RightsWatchTest, AChangeDuringTheHandshakeIsNotLost) {
  reader.people.emplace("anna", actor_of(7));
  reader.people.emplace("boris", actor_of(8));
  FakeHolder boris{"boris"};
  sign_in(1, boris);
  reader.answer_all();
  FakeHolder anna{"anna"};
  sign_in(2, anna);  // the read has its snapshot now
  reader.people.erase("anna");
  reader.change(7);
  now += limits::rights_poll;
  watch.look(now);
  reader.answer_all_backwards();
  EXPECT_EQ(anna.told, 1);
  EXPECT_TRUE(anna.guest);
}

TEST_F(RightsWatchTest, AFailedLookAsksForTheSameAgain) {
  reader.people.emplace("anna", actor_of(7));
  FakeHolder anna{"anna"};
  sign_in(1, anna);
  reader.answer_all();
  reader.people.erase("anna");
  reader.change(7);
  reader.away = true;
  look();
  EXPECT_EQ(anna.told, 0);
  reader.away = false;
  look();
  EXPECT_TRUE(anna.guest);
}

TEST_F(RightsWatchTest, WhoCouldNotBeIdentifiedAgainIsAskedAboutAtTheNextLook) {
  reader.people.emplace("anna", actor_of(7));
  FakeHolder anna{"anna"};
  sign_in(1, anna);
  reader.answer_all();
  reader.people.erase("anna");
  reader.change(7);
  now += limits::rights_poll;
  watch.look(now);
  reader.away = true;   // for the read that follows from the look
  reader.answer_one();  // the look
  reader.away = false;
  reader.answer_all();  // the failure: it waits for the next look
  EXPECT_EQ(anna.told, 0);
  look();
  EXPECT_TRUE(anna.guest);
}

TEST_F(RightsWatchTest, EverybodyIsIdentifiedAgainWhenNothingElseIsSafe) {
  reader.people.emplace("anna", actor_of(7));
  FakeHolder anna{"anna"};
  sign_in(1, anna);
  reader.answer_all();
  look();
  reader.everybody = true;
  look();
  EXPECT_EQ(anna.told, 1);
  now += limits::rights_changes_life;  // the database was away so long that changes were swept
  look();
  EXPECT_EQ(anna.told, 2);
}

TEST_F(RightsWatchTest, WhoHasLeftIsNotTold) {
  reader.people.emplace("anna", actor_of(7));
  FakeHolder anna{"anna"};
  sign_in(1, anna);
  reader.answer_all();
  reader.change(7);
  now += limits::rights_poll;
  watch.look(now);
  reader.answer_one();  // names anna; she is being identified again
  watch.remove(1);
  reader.answer_all();
  EXPECT_EQ(anna.told, 0);
}

}  // namespace
}  // namespace foyer::live
