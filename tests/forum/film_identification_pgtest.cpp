#include <thread>

#include "persistence/identification_store.hpp"
#include "persistence/moderation_store.hpp"
#include "server/forum/film_identification.hpp"
#include "server/forum/film_lookup.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;
using samples::code_of;
using samples::field_of;

class FilmIdentification : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    other = add_film(R"({"title":"Ballad of a Soldier","year":1959,"imdb_id":"tt0052600"})");
  }

  // Mira looks for a film.
  ThreadId search(const FilmClues& clues = {1950, "Soviet Union", FilmColour::black_and_white, "", "A squirrel toy."},
                  const std::vector<FilmId>& films = {}) {
    return act(start_thread, mira,
               StartThreadRequest{films, ThreadKind::identify, "Which film is this?", "A train, a letter.", clues}, "")
        .value()
        .view.thread.id;
  }
  PostNumber answer(ThreadId thread, const std::string& body) { return reply(tomas, thread, body).value().post.number; }
  PostNumber answer(ThreadId thread) { return answer(thread, "It is " + link_of(film) + "."); }
  std::string link_of(FilmId id) {
    return database.read(
        [&](Transaction& transaction) { return markdown_link(persistence::find_film_link(transaction, id).value()); });
  }
  Result<Changed<ThreadView>> solve(const Actor& actor, ThreadId thread, PostNumber post, FilmId id) {
    return act(solve_thread, actor, thread, SolveThreadRequest{post, id});
  }
  Identification state(ThreadId thread) { return look(read_identification, thread, std::string()).value(); }
  ThreadView view(ThreadId thread) { return look(read_thread, thread).value(); }
  std::vector<std::string> log() {
    return database.read([](Transaction& transaction) {
      std::vector<std::string> actions;
      for (const auto& entry : persistence::list_moderation_entries(transaction, std::nullopt, 20).items) {
        actions.push_back(entry.action + " " + entry.note);
      }
      return actions;
    });
  }

  FilmId other;
};

TEST_F(FilmIdentification, TellsTheCluesOfTheAsker) {
  const FilmClues clues{1950, "Soviet Union", FilmColour::black_and_white, "Russian", "A squirrel toy.\nA letter."};
  EXPECT_EQ(state(search(clues)).clues, clues);
  EXPECT_EQ(state(search(FilmClues())).clues, std::nullopt);
}

TEST_F(FilmIdentification, TellsNoCluesOfAFirstPostThatWasRemoved) {
  const auto thread = search(FilmClues{1950, "Soviet Union", FilmColour::unknown, "", "Something vile."});
  const PostId first = look(read_posts, thread, PostNumber{0}, 1).value().items.at(0).id;
  ASSERT_TRUE(remove(first));
  EXPECT_EQ(state(thread).clues, std::nullopt);
  ASSERT_TRUE(act(restore_post, vera, first));
  EXPECT_TRUE(state(thread).clues);
}

TEST_F(FilmIdentification, TakesCluesOfThreadsThatLookForAFilmOnlyAndNamesWhatIsWrong) {
  const auto started = [&](ThreadKind kind, const FilmClues& clues) {
    return act(start_thread, mira, StartThreadRequest{{}, kind, "A title", "A body", clues}, "");
  };
  EXPECT_EQ(field_of(started(ThreadKind::discussion, {1950, "", FilmColour::unknown, "", ""})), "clues");
  EXPECT_EQ(field_of(started(ThreadKind::identify, {1955, "", FilmColour::unknown, "", ""})), "clues.decade");
  EXPECT_EQ(field_of(started(ThreadKind::identify, {-10, "", FilmColour::unknown, "", ""})), "clues.decade");
  EXPECT_EQ(field_of(started(ThreadKind::identify, {{}, std::string(101, 'x'), FilmColour::unknown, "", ""})),
            "clues.country");
  EXPECT_EQ(field_of(started(ThreadKind::identify, {{}, "", FilmColour::unknown, "two\nlines", ""})), "clues.language");
  EXPECT_EQ(field_of(started(ThreadKind::identify, {{}, "", FilmColour::unknown, "", std::string(1'001, 'x')})),
            "clues.scene");
}

TEST_F(FilmIdentification, WithOtherCluesUnderTheSameKeyIsRefused) {
  const auto started = [&](int decade) {
    return act(start_thread, mira,
               StartThreadRequest{
                   {}, ThreadKind::identify, "A title", "A body", FilmClues{decade, "", FilmColour::unknown, "", ""}},
               "the-same-key");
  };
  const auto first = started(1950);
  EXPECT_EQ(started(1950).value().view.thread.id, first.value().view.thread.id);
  EXPECT_EQ(code_of(started(1960)), ErrorCode::key_reused);
}

TEST_F(FilmIdentification, FindsTheFilmsThatVisibleAnswersNameEachOnce) {
  const ThreadId thread = search();
  const PostNumber first = answer(thread, "Maybe " + link_of(other));
  const PostNumber second = answer(thread, "No: " + link_of(film) + ", not " + link_of(other));
  answer(thread, "||" + link_of(film) + "||");
  answer(thread, "[nothing](/films/999999)");
  const auto answers = state(thread).answers;
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].post_number, first);
  EXPECT_EQ(answers[0].film.id, other);
  EXPECT_EQ(answers[1].post_number, second);
  EXPECT_EQ(answers[1].film.id, film);
}

TEST_F(FilmIdentification, NamesNoFilmOfARemovedAnswerNorOfAnotherKindOfThread) {
  const ThreadId thread = search();
  const auto posted = reply(tomas, thread, link_of(film));
  ASSERT_EQ(state(thread).answers.size(), 1U);
  ASSERT_TRUE(remove(posted.value().post.id).has_value());
  EXPECT_TRUE(state(thread).answers.empty());
  const ThreadId discussion = start(mira).value().view.thread.id;
  reply(tomas, discussion, link_of(film)).value();
  EXPECT_TRUE(state(discussion).answers.empty());
}

TEST_F(FilmIdentification, IsSolvedByTheAskerAndLinksTheThreadToTheFilmFirst) {
  const ThreadId thread = search({}, {other});
  const PostNumber post = answer(thread);
  const Seq before = head_of(thread);
  const auto solved = solve(mira, thread, post, film);
  ASSERT_TRUE(solved.has_value()) << solved.error().detail;
  EXPECT_EQ(solved.value().view.solved.value().id, film);
  ASSERT_EQ(solved.value().view.films.size(), 2U);
  EXPECT_EQ(solved.value().view.films[0].id, film);
  EXPECT_EQ(solved.value().view.films[1].id, other);
  EXPECT_EQ(solved.value().view.last_seq.value, before.value + 1);
  EXPECT_EQ(solved.value().news.events.size(), 1U);
  const std::vector<Channel> rung{
      {ChannelKind::film, other.value}, {ChannelKind::film, film.value}, {ChannelKind::front, 0}};
  EXPECT_EQ(solved.value().news.snapshots, rung);
  EXPECT_EQ(view(thread), solved.value().view);
  EXPECT_EQ(state(thread).solution, post);
  EXPECT_TRUE(state(thread).answers.empty());
  EXPECT_TRUE(log().empty()) << "the asker moderates nobody";
}

TEST_F(FilmIdentification, KeepsItsFilmWhileItIsSolved) {
  const ThreadId thread = search();
  ASSERT_TRUE(solve(mira, thread, answer(thread), film).has_value());
  const auto relink = [&](const std::vector<FilmId>& films) {
    ChangeThreadRequest request;
    request.film_ids = films;
    return act(change_thread, vera, thread, request);
  };
  EXPECT_EQ(field_of(relink({other})), "film_ids");
  EXPECT_EQ(field_of(relink({})), "film_ids");
  EXPECT_TRUE(relink({film, other}).has_value());
  sql("delete from thread_films where film_id = " + std::to_string(film.value));  // as it could be taken away before
  EXPECT_TRUE(relink({}).has_value());
  ASSERT_TRUE(act(withdraw_solution, mira, thread).has_value());
  EXPECT_TRUE(relink({other}).has_value());
}

TEST_F(FilmIdentification, SaidTwiceIsASuccessWithoutNews) {
  const ThreadId thread = search();
  const PostNumber post = answer(thread);
  ASSERT_TRUE(solve(mira, thread, post, film).has_value());
  EXPECT_TRUE(solve(mira, thread, post, film).value().news.events.empty());
  ASSERT_TRUE(act(withdraw_solution, mira, thread).has_value());
  EXPECT_TRUE(act(withdraw_solution, mira, thread).value().news.events.empty());
}

TEST_F(FilmIdentification, IsNotASolutionByAStrangerAGuestOrInALockedThread) {
  const ThreadId thread = search();
  const PostNumber post = answer(thread);
  EXPECT_EQ(code_of(solve(tomas, thread, post, film)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(solve(guest, thread, post, film)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(solve(mira, ThreadId{999'999}, post, film)), ErrorCode::not_found);
  ASSERT_TRUE(solve(mira, thread, post, film).has_value());
  EXPECT_EQ(code_of(act(withdraw_solution, tomas, thread)), ErrorCode::forbidden);
  ChangeThreadRequest lock;
  lock.locked = true;
  ASSERT_TRUE(act(change_thread, vera, thread, lock).has_value());
  EXPECT_EQ(code_of(act(withdraw_solution, mira, thread)), ErrorCode::locked);
  EXPECT_EQ(view(thread).solved.value().id, film);
}

TEST_F(FilmIdentification, ByAModeratorGoesToTheLog) {
  const ThreadId thread = search();
  ASSERT_TRUE(solve(vera, thread, answer(thread), film).has_value());
  ASSERT_TRUE(act(withdraw_solution, vera, thread).has_value());
  EXPECT_EQ(log(), (std::vector<std::string>{"unsolve The Cranes Are Flying", "solve The Cranes Are Flying"}));
}

TEST_F(FilmIdentification, TakesVisibleAnswersAndKnownFilmsOnly) {
  const ThreadId thread = search();
  const auto posted = reply(tomas, thread, link_of(film)).value();
  EXPECT_EQ(field_of(solve(mira, thread, PostNumber{1}, film)), "post_number") << "the question is no answer";
  EXPECT_EQ(field_of(solve(mira, thread, PostNumber{0}, film)), "post_number");
  EXPECT_EQ(field_of(solve(mira, thread, PostNumber{99}, film)), "post_number");
  EXPECT_EQ(field_of(solve(mira, thread, posted.post.number, FilmId{999'999})), "film_id");
  ASSERT_TRUE(remove(posted.post.id).has_value());
  EXPECT_EQ(field_of(solve(mira, thread, posted.post.number, film)), "post_number");
  const ThreadId discussion = start(mira).value().view.thread.id;
  const PostNumber reply_there = answer(discussion);
  EXPECT_EQ(code_of(solve(mira, discussion, reply_there, film)), ErrorCode::conflict);
}

TEST_F(FilmIdentification, StaysSolvedWhenTheAnswerIsRemovedAndShowsNothingOfIt) {
  const ThreadId thread = search();
  const auto posted = reply(tomas, thread, "SECRET " + link_of(film)).value();
  ASSERT_TRUE(solve(mira, thread, posted.post.number, film).has_value());
  ASSERT_TRUE(remove(posted.post.id).has_value());
  EXPECT_EQ(view(thread).solved.value().id, film);
  EXPECT_EQ(state(thread).solution, posted.post.number);
  EXPECT_TRUE(state(thread).answers.empty());
}

TEST_F(FilmIdentification, ReplacedTakesTheLinkThatItHadMade) {
  const ThreadId thread = search();
  const PostNumber post = answer(thread);
  ASSERT_TRUE(solve(mira, thread, post, other).has_value());
  const auto replaced = solve(mira, thread, post, film);
  ASSERT_EQ(replaced.value().view.films.size(), 1U);
  EXPECT_EQ(replaced.value().view.films[0].id, film);
  const auto withdrawn = act(withdraw_solution, mira, thread);
  EXPECT_TRUE(withdrawn.value().view.films.empty());
  EXPECT_EQ(withdrawn.value().view.solved, std::nullopt);
}

TEST_F(FilmIdentification, WithdrawnLeavesALinkThatWasThereBefore) {
  const ThreadId thread = search({}, {other, film});
  const PostNumber post = answer(thread);
  ASSERT_TRUE(solve(mira, thread, post, film).has_value());
  ASSERT_TRUE(solve(mira, thread, answer(thread), film).has_value()) << "another answer, the same film";
  EXPECT_EQ(act(withdraw_solution, mira, thread).value().view.films.size(), 2U);
}

TEST_F(FilmIdentification, ByTwoAtOnceEndsWithOneFilmAndOneEventEach) {
  const ThreadId thread = search();
  const PostNumber post = answer(thread);
  const Seq before = head_of(thread);
  std::thread asker([&] { solve(mira, thread, post, film).value(); });
  std::thread moderator([&] { solve(vera, thread, post, other).value(); });
  asker.join();
  moderator.join();
  const ThreadView after = view(thread);
  ASSERT_EQ(after.films.size(), 1U);
  EXPECT_EQ(after.films[0], after.solved);
  EXPECT_EQ(after.last_seq.value, before.value + 2);
  EXPECT_EQ(sql("select count(*) from thread_solutions"), "1");
}

TEST_F(FilmIdentification, IsListedAsSolvedOrNot) {
  const ThreadId found = search();
  const ThreadId open = search();
  start(mira).value();
  ASSERT_TRUE(solve(mira, found, answer(found), film).has_value());
  const auto listed = [&](std::optional<bool> solved) {
    std::vector<std::int64_t> ids;
    ThreadQuery query;
    query.solved = solved;
    for (const ThreadView& thread : look(list_threads, query, ListRequest{}).value().items) {
      ids.push_back(thread.id.value);
    }
    return ids;
  };
  EXPECT_EQ(listed(true), (std::vector<std::int64_t>{found.value}));
  EXPECT_EQ(listed(false), (std::vector<std::int64_t>{open.value}));
  EXPECT_EQ(listed(std::nullopt).size(), 3U);
  ASSERT_TRUE(act(withdraw_solution, mira, found).has_value());
  EXPECT_EQ(listed(false).size(), 2U);
}

}  // namespace
}  // namespace foyer::forum
