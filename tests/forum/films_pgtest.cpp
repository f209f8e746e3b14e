#include "server/forum/films.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Films : public samples::ForumWorld {
 protected:
  std::vector<std::string> titles(const FilmQuery& query, int limit = 2) {
    std::vector<std::string> found;
    ListRequest list{std::nullopt, limit};
    do {
      const auto page = look(list_films, query, list).value();
      for (const FilmSummary& summary : page.items) found.push_back(summary.title);
      list.after = page.next;
    } while (list.after);
    return found;
  }
};

using Titles = std::vector<std::string>;

TEST_F(Films, AreFoundByFoldedWordsOfAnyTitle) {
  add_film(R"({"title":"Amélie","original_title":"Le Fabuleux Destin","year":2001,"genres":["comedy"]})");
  EXPECT_EQ(titles({"AMELIE", {}, "", {}, ""}), Titles{"Amélie"});
  EXPECT_EQ(titles({"destin fabul", {}, "", {}, ""}), Titles{"Amélie"});
  EXPECT_EQ(titles({"flying", 1950, "", {}, ""}), Titles{"The Cranes Are Flying"});
  EXPECT_EQ(titles({"", 2000, "comedy", {}, ""}), Titles{"Amélie"});
  EXPECT_EQ(titles({"%", {}, "", {}, ""}), Titles{});
  EXPECT_EQ(titles({"_", {}, "", {}, ""}), Titles{});
}

TEST_F(Films, AreListedInEveryOrderWithoutGaps) {
  for (const char* line : {R"({"title":"B","year":1960})", R"({"title":"A","year":1970})", R"({"title":"C"})"}) {
    add_film(line);
  }
  EXPECT_EQ(titles({"", {}, "", {}, "title"}), (Titles{"A", "B", "C", "The Cranes Are Flying"}));
  EXPECT_EQ(titles({"", {}, "", {}, "year"}), (Titles{"A", "B", "The Cranes Are Flying", "C"}));
  for (int count = 0; count < 3; ++count) {
    film = add_film(R"({"title":"Film )" + std::to_string(count) + "\"}");
    ASSERT_TRUE(start(mira).has_value());
  }
  EXPECT_EQ(titles({"", {}, "", {}, "activity"}), (Titles{"Film 2", "Film 1", "Film 0"}));
}

TEST_F(Films, RefuseAPositionOfAnotherOrder) {
  add_film(R"({"title":"Another"})");
  const auto page = look(list_films, FilmQuery{}, ListRequest{std::nullopt, 1}).value();
  ASSERT_TRUE(page.next);
  for (const char* sort : {"year", "activity"}) {
    EXPECT_EQ(field_of(look(list_films, FilmQuery{"", {}, "", {}, sort}, ListRequest{page.next, 1})), "after");
  }
  for (const auto& [sort, key] :
       std::vector<std::pair<std::string, std::string>>{{"year", "year:x"},
                                                        {"year", "year:"},
                                                        {"year", "year:99999"},
                                                        {"activity", "activity:soon"},
                                                        {"activity", "activity:2026-13-01 00:00:00+00"},
                                                        {"activity", "activity:2026-11-23 15:52:07.1234+00"}}) {
    const ListRequest list{to_cursor(persistence::FilmPosition{key, FilmId{1}}), 1};
    EXPECT_EQ(field_of(look(list_films, FilmQuery{"", {}, "", {}, sort}, list)), "after") << key;
  }
  EXPECT_EQ(field_of(look(list_films, FilmQuery{"", {}, "", {}, "size"}, ListRequest{})), "sort");
}

TEST_F(Films, ThatAreUnknownAreNotFound) {
  EXPECT_EQ(code_of(look(read_film, FilmId{999'999})), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_person, PersonId{999'999})), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_film_threads, FilmId{999'999})), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_film_news, FilmId{999'999})), ErrorCode::not_found);
}

TEST_F(Films, SuggestThreadsOnlyWhileNoneIsLinked) {
  FilmId other = add_film(R"({"title":"Letter Never Sent","year":1960})");
  ASSERT_TRUE(start(mira, "Letter Never Sent is cold", "", "Brr ||they all " + std::string(300, 'x') + " die|| so cold")
                  .has_value());
  const auto threads = look(read_film_threads, other).value();
  EXPECT_TRUE(threads.linked.empty());
  EXPECT_EQ(threads.related_state, RelatedState::missing);
  const auto suggested = look(find_related, other).threads;
  ASSERT_EQ(suggested.size(), 1U);
  EXPECT_EQ(suggested[0].snippet, "Brr [spoiler] so cold");
  EXPECT_NE(suggested[0].reason, "");
  const auto linked = look(read_film_threads, film).value();
  EXPECT_EQ(linked.linked.size(), 1U);
  EXPECT_TRUE(linked.related.empty());
  EXPECT_EQ(linked.related_state, RelatedState::kept);
}

TEST_F(Films, TellWhatTheirPageShowsOfOtherThreads) {
  const FilmId other = add_film(R"({"title":"Letter Never Sent","year":1960})");
  const ThreadId named = start(mira, "Letter Never Sent is cold", "", "Brr").value().view.thread.id;
  const FilmNews unknown = look(read_film_news, other).value();
  EXPECT_TRUE(unknown.reviews.empty());
  EXPECT_FALSE(unknown.related) << "nobody looked yet";
  const auto keep = [&] {
    database.write([&](persistence::Transaction& transaction) {
      keep_related(transaction, other, find_related(transaction, other).chosen);
      return true;
    });
  };
  keep();
  const auto before = look(read_film_news, other).value().related.value();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0], excerpt_of(look(find_related, other).threads.at(0)));
  foyer::testing::run_sql(place.url(),
                          "update posts set body = 'So cold' where thread_id = " + std::to_string(named.value));
  const auto after = look(read_film_news, other).value().related.value();
  EXPECT_EQ(after.at(0).thread, named);
  EXPECT_NE(after.at(0).digest, before[0].digest);
}

// Neither the time that passed nor a thread that was linked meanwhile keeps a removal from the pages that are open.
TEST_F(Films, TellThatARelatedThreadIsGoneAlsoLongAfterSomebodyLooked) {
  for (const bool linked : {false, true}) {
    const std::string title = linked ? "Letter Never Sent" : "Ballad of a Soldier";
    const FilmId other = add_film(R"({"title":")" + title + R"(","year":1960})");
    const ThreadStarted named = start(mira, title + " is cold", "", "Brr").value().view;
    database.write([&](persistence::Transaction& transaction) {
      keep_related(transaction, other, find_related(transaction, other).chosen);
      return true;
    });
    sql("update related_threads set found_at = found_at - interval '2 minutes'");
    if (linked) {
      ChangeThreadRequest link;
      link.film_ids = {other};
      ASSERT_TRUE(act(change_thread, vera, named.thread.id, link).has_value());
    }
    EXPECT_EQ(look(read_film_news, other).value().related.value().size(), 1U);
    ASSERT_TRUE(remove(named.post.id));
    EXPECT_EQ(look(read_film_news, other).value().related.value().size(), 0U);
  }
}

TEST_F(Films, WithoutAnIdElsewhereHaveNone) {
  const FilmId other = add_film(R"({"title":"A Film of One's Own","year":1960})");
  EXPECT_TRUE(look(read_film, other).value().external_ids.empty());
}

TEST_F(Films, AnnounceTheirCommentsThread) {
  EXPECT_FALSE(look(read_film_news, film).value().comments_thread_id);
  const ThreadId comments = act(comments_thread_for, mira, film).value();
  EXPECT_FALSE(look(read_film_news, film).value().comments_thread_id) << "an empty thread is no news";
  ASSERT_TRUE(reply(mira, comments, "first").has_value());
  const auto news = look(read_film_news, film).value();
  EXPECT_EQ(news.comments_thread_id, comments);
  EXPECT_EQ(news.comment_count, 1);
}

TEST_F(Films, KeepTheirOwnCommentsOutOfTheirDiscussions) {
  FilmId other = add_film(R"({"title":"Letter Never Sent","year":1960})");
  ASSERT_TRUE(start(mira, "Letter Never Sent is cold").has_value());
  const ThreadId comments = act(comments_thread_for, mira, other).value();
  ASSERT_TRUE(reply(mira, comments, "first").has_value());
  const auto threads = look(read_film_threads, other).value();
  EXPECT_TRUE(threads.linked.empty());
  EXPECT_EQ(look(find_related, other).threads.size(), 1U);
  EXPECT_TRUE(look(read_film_news, other).value().threads.empty());
}

}  // namespace
}  // namespace foyer::forum
