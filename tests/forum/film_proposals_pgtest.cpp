#include <thread>

#include "persistence/identification_store.hpp"
#include "persistence/moderation_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/film_identification.hpp"
#include "server/forum/film_proposals.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;
using samples::code_of;
using samples::field_of;

class FilmProposals : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    other = add_film(R"({"title":"Ballad of a Soldier","year":1959,"imdb_id":"tt0052600"})");
    thread = start(mira).value().view.thread.id;
  }

  Result<Changed<ThreadView>> propose(const Actor& actor, FilmId id) {
    return act(propose_film, actor, thread, ProposeFilmRequest{id});
  }
  std::vector<FilmProposal> open() { return look(read_identification, thread, std::string()).value().proposals; }
  std::size_t linked() { return look(read_thread, thread).value().films.size(); }
  std::string last_entry() {
    const auto items = database.read([](Transaction& transaction) {
      return persistence::list_moderation_entries(transaction, std::nullopt, 1).items;
    });
    return items.empty() ? "" : items[0].action + " " + items[0].note;
  }
  void link_many(int count) {
    ChangeThreadRequest change;
    change.film_ids.emplace();
    for (int number = 0; number < count; ++number) {
      const std::string id = "tt99" + std::to_string(number);
      change.film_ids->push_back(
          add_film(R"({"title":"Film )" + std::to_string(number) + R"(","year":1990,"imdb_id":")" + id + "\"}"));
    }
    ASSERT_TRUE(act(change_thread, vera, thread, change).has_value());
  }

  FilmId other;
  ThreadId thread;
};

TEST_F(FilmProposals, OfAMemberWaitForTheAuthor) {
  const auto proposed = propose(tomas, other);
  ASSERT_TRUE(proposed.has_value()) << proposed.error().detail;
  EXPECT_EQ(proposed.value().news.events.size(), 1U);
  EXPECT_EQ(linked(), 1U);
  ASSERT_EQ(open().size(), 1U);
  EXPECT_EQ(open()[0].film.id, other);
  EXPECT_EQ(open()[0].proposer.name, "tomas");
  const auto confirmed = act(confirm_proposal, mira, thread, other);
  ASSERT_EQ(confirmed.value().view.films.size(), 2U);
  EXPECT_EQ(confirmed.value().view.films[1].id, other);
  EXPECT_TRUE(open().empty());
  EXPECT_TRUE(act(reject_proposal, tomas, thread, other).value().news.events.empty()) << "withdrawn already";
  EXPECT_EQ(code_of(act(reject_proposal, guest, thread, other)), ErrorCode::unauthenticated);
  EXPECT_EQ(last_entry(), "");
}

TEST_F(FilmProposals, OfTheAuthorAndOfModeratorsAreLinkedAtOnce) {
  EXPECT_EQ(propose(mira, other).value().view.films.size(), 2U);
  const FilmId third = add_film(R"({"title":"Ivan's Childhood","year":1962,"imdb_id":"tt0056111"})");
  ASSERT_TRUE(propose(tomas, third).has_value());
  EXPECT_EQ(propose(vera, third).value().view.films.size(), 3U);
  EXPECT_TRUE(open().empty());
  EXPECT_EQ(last_entry(), "link_film Ivan's Childhood");
}

TEST_F(FilmProposals, OfWhatIsThereAlreadyChangeNothing) {
  EXPECT_TRUE(propose(tomas, film).value().news.events.empty());
  ASSERT_TRUE(propose(tomas, other).has_value());
  EXPECT_TRUE(propose(tomas, other).value().news.events.empty());
  EXPECT_EQ(open().size(), 1U);
}

TEST_F(FilmProposals, AreDecidedByAuthorAndModeratorsOnlyAndWithdrawnByWhoMadeThem) {
  const Actor stranger = member("sofia");
  ASSERT_TRUE(propose(tomas, other).has_value());
  EXPECT_EQ(code_of(act(confirm_proposal, tomas, thread, other)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(act(confirm_proposal, guest, thread, other)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(act(reject_proposal, stranger, thread, other)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(propose(guest, other)), ErrorCode::unauthenticated);
  ASSERT_TRUE(act(reject_proposal, tomas, thread, other).has_value());
  EXPECT_TRUE(open().empty());
  EXPECT_EQ(last_entry(), "");
  EXPECT_EQ(code_of(act(confirm_proposal, mira, thread, other)), ErrorCode::not_found);
  EXPECT_TRUE(act(reject_proposal, mira, thread, other).value().news.events.empty());
}

TEST_F(FilmProposals, DecidedByAModeratorGoToTheLog) {
  ASSERT_TRUE(propose(tomas, other).has_value());
  ASSERT_TRUE(act(reject_proposal, vera, thread, other).has_value());
  EXPECT_EQ(last_entry(), "reject_film Ballad of a Soldier, proposed by tomas");
  ASSERT_TRUE(propose(tomas, other).has_value());
  ASSERT_TRUE(act(confirm_proposal, vera, thread, other).has_value());
  EXPECT_EQ(last_entry(), "confirm_film Ballad of a Soldier, proposed by tomas");
}

TEST_F(FilmProposals, ConfirmedByTwoAtOnceLinkTheFilmOnce) {
  ASSERT_TRUE(propose(tomas, other).has_value());
  const Seq before = head_of(thread);
  std::thread author([&] { act(confirm_proposal, mira, thread, other).value(); });
  std::thread moderator([&] { act(confirm_proposal, vera, thread, other).value(); });
  author.join();
  moderator.join();
  EXPECT_EQ(linked(), 2U);
  EXPECT_EQ(head_of(thread).value, before.value + 1);
}

TEST_F(FilmProposals, AreRefusedForFilmsThatDoNotExistAndForThreadsThatKeepTheirs) {
  EXPECT_EQ(field_of(propose(tomas, FilmId{999'999})), "film_id");
  EXPECT_EQ(field_of(propose(tomas, FilmId{})), "film_id");
  thread = act(comments_thread_for, tomas, film).value();
  EXPECT_EQ(code_of(propose(tomas, other)), ErrorCode::conflict);
  EXPECT_EQ(code_of(propose(vera, other)), ErrorCode::conflict);
  thread = ThreadId{999'999};
  EXPECT_EQ(code_of(propose(tomas, other)), ErrorCode::not_found);
}

TEST_F(FilmProposals, OfALockedThreadAreForModerators) {
  ASSERT_TRUE(propose(tomas, other).has_value());
  ChangeThreadRequest lock;
  lock.locked = true;
  ASSERT_TRUE(act(change_thread, vera, thread, lock).has_value());
  const FilmId third = add_film(R"({"title":"Ivan's Childhood","year":1962,"imdb_id":"tt0056111"})");
  EXPECT_EQ(code_of(propose(tomas, third)), ErrorCode::locked);
  EXPECT_EQ(code_of(propose(mira, third)), ErrorCode::locked);
  EXPECT_EQ(code_of(act(confirm_proposal, mira, thread, other)), ErrorCode::locked);
  EXPECT_TRUE(act(confirm_proposal, vera, thread, other).has_value());
}

TEST_F(FilmProposals, AreNoMoreThanAThreadTakes) {
  link_many(static_cast<int>(limits::films_per_thread));
  EXPECT_EQ(code_of(propose(mira, other)), ErrorCode::conflict);
  ASSERT_TRUE(propose(tomas, other).has_value());
  EXPECT_EQ(code_of(act(confirm_proposal, mira, thread, other)), ErrorCode::conflict);
  EXPECT_EQ(open().size(), 1U) << "what could not be linked waits on";
}

TEST_F(FilmProposals, OpenInOneThreadAreBounded) {
  for (int number = 0; number < limits::film_proposals_per_thread; ++number) {
    const std::string id = "tt98" + std::to_string(number);
    const FilmId one =
        add_film(R"({"title":"Film )" + std::to_string(number) + R"(","year":1990,"imdb_id":")" + id + "\"}");
    ASSERT_TRUE(propose(tomas, one).has_value()) << number;
  }
  EXPECT_EQ(field_of(propose(tomas, other)), "film_id");
  EXPECT_EQ(open().size(), static_cast<std::size_t>(limits::film_proposals_per_thread));
}

TEST_F(FilmProposals, OfAFilmThatIsLinkedOtherwiseAreDecidedWithIt) {
  ASSERT_TRUE(propose(tomas, other).has_value());
  ChangeThreadRequest change;
  change.film_ids = {other, film};
  ASSERT_TRUE(act(change_thread, vera, thread, change).has_value());
  EXPECT_TRUE(open().empty());
  EXPECT_EQ(act(confirm_proposal, mira, thread, other).value().view.films.at(0).id, other)
      << "nothing is left to confirm";
}

TEST_F(FilmProposals, OfAFilmThatSolvesTheThreadAreDecidedWithIt) {
  thread = act(start_thread, mira, StartThreadRequest{{}, ThreadKind::identify, "Which film?", "A train."}, "")
               .value()
               .view.thread.id;
  ASSERT_TRUE(propose(tomas, other).has_value());
  const PostNumber answer = reply(tomas, thread, "That one").value().post.number;
  ASSERT_TRUE(act(solve_thread, mira, thread, SolveThreadRequest{answer, other}).has_value());
  EXPECT_TRUE(open().empty());
  EXPECT_EQ(linked(), 1U);
}

}  // namespace
}  // namespace foyer::forum
