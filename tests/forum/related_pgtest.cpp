// The threads that are offered for a film nobody linked one to: how each evidence counts, and a set of films and
// threads judged by people, on the starter catalogue.
#include <algorithm>
#include <fstream>

#include "persistence/person_store.hpp"
#include "persistence/transaction_impl.hpp"
#include "server/forum/films.hpp"
#include "server/forum/related.hpp"
#include "tests/forum/forum_world.hpp"
#include "tests/support/checkout.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;
using Titles = std::vector<std::string>;

class Related : public samples::ForumWorld {
 protected:
  ThreadId thread(const std::string& title, const std::string& body = "Hello", std::vector<FilmId> of = {}) {
    return act(start_thread, mira, StartThreadRequest{std::move(of), ThreadKind::discussion, title, body}, "")
        .value()
        .view.thread.id;
  }

  // As a page has it: kept, or looked for.
  std::vector<RelatedThreadView> related(FilmId of) {
    const FilmThreads threads = look(read_film_threads, of).value();
    return threads.related_state == RelatedState::missing ? look(find_related, of).threads : threads.related;
  }
  RelatedState state(FilmId of) { return look(read_film_threads, of).value().related_state; }
  void renew(FilmId of) {
    database.write([&](Transaction& transaction) {
      keep_related(transaction, of, find_related(transaction, of).chosen);
      return true;
    });
  }

  Titles titles(FilmId of) {
    Titles found;
    for (const RelatedThreadView& view : related(of)) found.push_back(view.thread.title);
    return found;
  }

  std::string reason(FilmId of) {
    const auto found = related(of);
    return found.empty() ? "" : found[0].reason;
  }

  FilmId letter() {
    return add_film(R"({"title":"Letter Never Sent","year":1960,"original_title":"Neotpravlennoye pismo",
                        "crew":[{"name":"Mikhail Kalatozov","job":"Director"}],
                        "cast":[{"name":"Tatyana Samoylova","character":"Tanya"}],
                        "genres":["adventure"],"countries":["Soviet Union"],"languages":["Russian"],
                        "imdb_id":"tt0053106"})");
  }
};

TEST_F(Related, NamesTheEvidenceThatSpeaksForAThread) {
  const FilmId of = letter();
  const struct {
    const char* title;
    const char* body;
    const char* reason;
  } cases[] = {
      {"Is Letter Never Sent overrated?", "No.", "The title names “Letter Never Sent”"},
      {"Neotpravlennoye pismo on a big screen", "Soon.", "The title names “Neotpravlennoye pismo”"},
      {"What did you watch?", "Letter Never Sent, again.", "The first post names “Letter Never Sent”"},
      {"Kalatozov and the moving camera", "Hm", "The title names its director, Mikhail Kalatozov"},
      {"Where to begin", "With Mikhail Kalatozov, of course.", "The first post names its director, Mikhail Kalatozov"},
      {"Tatyana Samoylova, an appreciation", "Hm", "The title names Tatyana Samoylova of its cast"},
      {"A recommendation", "See [this](https://www.imdb.com/title/tt0053106/)", "The first post links to the film"},
      {"Russian adventure films", "Which?", "About films of its kind and country"},
  };
  for (const auto& [title, body, expected] : cases) {
    const ThreadId added = thread(title, body);
    EXPECT_EQ(reason(of), expected) << title;
    sql("update threads set post_count = 0 where id = " + std::to_string(added.value));  // out of sight
  }
}

// What a page reads beside them must neither be planned anew each time nor end after the time of a search.
TEST_F(Related, LeaveTheTransactionThePlansAndTheTimeThatItHad) {
  constexpr persistence::Statement settings{
      "settings", "select current_setting('plan_cache_mode') || ' ' || current_setting('statement_timeout')"};
  const auto [before, after] = database.snapshot([&](Transaction& transaction) {
    const auto read = [&] { return persistence::execute(transaction, settings)[0][0].as<std::string>(); };
    const std::string first = read();
    EXPECT_TRUE(read_film_threads(transaction, film));
    return std::pair(first, read());
  });
  EXPECT_EQ(after, before);
}

TEST_F(Related, KnowsThreadsOnOtherFilmsOfItsPeople) {
  sql("delete from films where id not in (select " + std::to_string(film.value) + ")");
  const FilmId of = letter();
  const FilmId other = add_film(R"({"title":"I Am Cuba","year":1964,"crew":[{"name":"Mikhail Kalatozov",
                                    "job":"Director"}]})");
  const FilmId third = add_film(R"({"title":"Anna Karenina","year":1967,"cast":[{"name":"Tatyana Samoylova",
                                    "character":"Anna"}]})");
  thread("The rooftop shot", "Hm", {other});
  thread("The race", "Hm", {third});
  const auto found = related(of);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].reason, "About another film by Mikhail Kalatozov");
  EXPECT_EQ(found[0].thread.films.at(0).title, "I Am Cuba");
  EXPECT_EQ(found[1].reason, "About another film with Tatyana Samoylova");
}

TEST_F(Related, KnowsWhereItsReadersWrote) {
  const FilmId of = letter();
  const ThreadId comments = act(comments_thread_for, mira, of).value();
  const ThreadId theirs = thread("Tundra and taiga");
  const ThreadId others = thread("Something else");
  for (int reader = 0; reader < 3; ++reader) {
    const Actor who = member("reader_" + std::to_string(reader));
    ASSERT_TRUE(reply(who, comments, "Seen it"));
    ASSERT_TRUE(reply(who, theirs, "Yes"));
  }
  ASSERT_TRUE(reply(tomas, others, "No"));
  const auto found = related(of);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].thread.id, theirs);
  EXPECT_EQ(found[0].reason, "Its readers discussed both");
}

TEST_F(Related, OneWordThatBothHaveIsNoReason) {
  const FilmId flying = add_film(R"({"title":"Flying","year":1986})");
  const FilmId brazil = add_film(R"({"title":"Brazil","year":1985})");
  thread("anybody get the new House of Flying Daggers DVD?");
  thread("Hitman with flying license");
  thread("Best films from Brazil?");
  EXPECT_EQ(titles(film), Titles{});
  EXPECT_EQ(titles(flying), Titles{});
  EXPECT_EQ(titles(brazil), Titles{});
  thread("Brazil (1985): which cut?");
  thread("\"Flying\" was better than I remembered");
  EXPECT_EQ(titles(brazil), Titles{"Brazil (1985): which cut?"});
  EXPECT_EQ(titles(flying), Titles{"\"Flying\" was better than I remembered"});
}

TEST_F(Related, ShowsNothingOfWhatWasRemovedOrHidden) {
  const FilmId of = letter();
  const ThreadId hidden = thread("A question", "||Letter Never Sent|| spoils");
  EXPECT_EQ(titles(of), Titles{}) << "what a spoiler hides names nothing";
  const ThreadId named = thread("Another", "Letter Never Sent ||they die|| is cold");
  ASSERT_EQ(related(of).size(), 1U);
  EXPECT_EQ(related(of)[0].snippet, "Letter Never Sent [spoiler] is cold");
  renew(of);
  ASSERT_TRUE(remove(look(read_posts, named, PostNumber{0}, 1).value().items.at(0).id));
  EXPECT_EQ(titles(of), Titles{}) << "nor does what was kept tell what the post said";
  EXPECT_NE(hidden, named);
}

TEST_F(Related, IsKeptAndRenewedWhenItIsOld) {
  const FilmId of = letter();
  thread("Letter Never Sent in the snow");
  EXPECT_EQ(state(of), RelatedState::missing);
  renew(of);
  EXPECT_EQ(state(of), RelatedState::kept);
  const ThreadId later = thread("Letter Never Sent, once more");
  EXPECT_EQ(titles(of), Titles{"Letter Never Sent in the snow"}) << "as it was kept";
  sql("update related_threads set found_at = found_at - interval '2 days'");
  EXPECT_EQ(state(of), RelatedState::old);
  renew(of);
  EXPECT_EQ(titles(of).size(), 2U);
  sql("update threads set post_count = 0 where id = " + std::to_string(later.value));
  EXPECT_EQ(titles(of).size(), 1U) << "what is not shown any more is left out without being looked for";
  renew(FilmId{999'999});
}

TEST_F(Related, AnEmptyListIsLookedForAgainByTheNextReaderWhenItIsOld) {
  const FilmId of = letter();
  renew(of);
  EXPECT_EQ(state(of), RelatedState::kept);
  thread("Letter Never Sent in the snow");
  EXPECT_EQ(titles(of), Titles{});
  sql("update related_threads set found_at = found_at - interval '2 minutes'");
  EXPECT_EQ(state(of), RelatedState::missing);
  EXPECT_EQ(titles(of), Titles{"Letter Never Sent in the snow"});
}

TEST_F(Related, AThreadHasOthersWithATitleLikeItsOwnThatAreAboutOtherFilms) {
  const FilmId of = letter();
  const FilmId other = add_film(R"({"title":"I Am Cuba","year":1964})");
  const ThreadId own = thread("How was the long staircase shot done?", "Hm", {of});
  thread("That long staircase shot again", "Hm", {of});
  const ThreadId like = thread("Another long staircase shot", "Hm", {other});
  thread("Long evenings");
  const auto similar = look(similar_threads, look(read_thread, own).value());
  ASSERT_EQ(similar.size(), 1U);
  EXPECT_EQ(similar[0].id, like);
}

TEST_F(Related, ThreadsLikeTheOneBeingStartedAreSuggested) {
  const FilmId of = letter();
  thread("How was the long staircase shot done?", "||It|| was a crane");
  thread("Long evenings");
  thread("The staircase in Petersburg");
  thread("The last shot of it", "Hm", {of});
  const auto suggested = [&](const std::string& title, std::vector<FilmId> films = {}) {
    Titles found;
    for (const auto& view : look(suggest_threads, title, films).value()) {
      found.push_back(view.thread.title + ": " + view.reason + ": " + view.snippet);
    }
    return found;
  };
  EXPECT_EQ(suggested("That staircase shot"),
            Titles{"How was the long staircase shot done?: The title is similar: [spoiler] was a crane"});
  EXPECT_EQ(suggested("The final shot", {of}), Titles{"The last shot of it: About the same film: Hm"});
  EXPECT_EQ(suggested("Shot"), Titles{}) << "one word is no reason";
  EXPECT_EQ(suggested("the and of"), Titles{});
  EXPECT_EQ(suggested("it's \\ 'quoted' & | !"), Titles{});
  EXPECT_EQ(samples::field_of(look(suggest_threads, std::string(300, 'x'), std::vector<FilmId>{})), "title");
}

// One row of the judged set: a thread, the film it is linked to ("" = none), and the films it is right for. It is wrong
// for all others of the set.
struct Judged {
  const char* title;
  const char* body;
  const char* film;
  std::vector<const char*> right_for;
};

const char* const asked_films[] = {"The Cranes Are Flying",
                                   "Battleship Potemkin",
                                   "Solaris",
                                   "Stalker",
                                   "Seven Samurai",
                                   "Vertigo",
                                   "M",
                                   "Parasite",
                                   "Bicycle Thieves",
                                   "Metropolis",
                                   "Casablanca",
                                   "Breathless"};

const Judged judged[] = {
    {"Kalatozov's moving camera", "How did they shoot the staircase?", "", {"The Cranes Are Flying"}},
    {"Best Soviet war films?", "Looking for something from the fifties.", "", {"The Cranes Are Flying"}},
    {"Letyat zhuravli restored", "A new print is touring.", "", {"The Cranes Are Flying"}},
    {"Russian war films that are not about heroes", "Any ideas?", "", {"The Cranes Are Flying"}},
    {"Where do I begin with Russian cinema?",
     "Somebody told me: The Cranes Are Flying.",
     "",
     {"The Cranes Are Flying"}},
    {"Tatyana Samoylova's face", "Nobody cried like that.", "", {"The Cranes Are Flying"}},
    {"anybody get the new House of Flying Daggers DVD?", "Is the picture any good?", "", {}},
    {"Hitman with flying license", "What is that film called?", "", {}},
    {"Guy flying toward a movie screen", "I saw it as a child.", "", {}},
    {"Construction cranes in films", "High Steel and others", "", {}},
    {"Tarkovsky and time", "Sculpting in it.", "", {"Solaris"}},
    {"Andrei Tarkovsky: where to start?", "I have three hours.", "", {"Solaris"}},
    {"Solaris (1972) or the remake?", "Both have their moments.", "", {"Solaris"}},
    {"The Zone", "What does it stand for?", "Stalker", {"Solaris"}},
    {"A stalker film that scared me", "It was on TV in 1991.", "", {}},
    {"Sergei Eisenstein and the steps", "Cut, cut, cut.", "", {"Battleship Potemkin"}},
    {"Battleship Potemkin with an orchestra", "Which score?", "", {"Battleship Potemkin"}},
    {"Battleships in films", "And submarines?", "", {}},
    {"Solar panels on cinema roofs", "Off topic, sorry.", "", {}},
    {"Seven Samurai: the rain", "The last battle in the mud.", "", {"Seven Samurai"}},
    {"Kurosawa's weather", "Wind, rain and fog.", "", {"Seven Samurai"}},
    {"The staircase to the throne", "Toshiro Mifune!", "Ikiru", {"Seven Samurai"}},
    {"Seven films for seven days", "A week's programme.", "", {}},
    {"Samurai swords as props", "Where can I rent them?", "", {}},
    {"Hitchcock's blondes", "A tired subject?", "", {"Vertigo"}},
    {"Vertigo", "Best film of all time?", "", {"Vertigo"}},
    {"Does IMAX give you vertigo?", "It does to me.", "", {}},
    {"The shower scene", "Seventy set-ups.", "Psycho", {"Vertigo"}},
    {"Fritz Lang in Berlin", "Before Hollywood.", "", {"M", "Metropolis"}},
    {"\"M\" and the whistle", "Grieg was never so frightening.", "", {"M"}},
    {"M for mature?", "How ratings work.", "", {}},
    {"Bong Joon Ho's houses", "Stairs, always stairs.", "", {"Parasite"}},
    {"Parasite (2019) and class", "The smell.", "", {"Parasite"}},
    {"Parasites in horror films", "Slugs, worms, worse.", "", {}},
    {"De Sica's children", "Bruno and the others.", "", {"Bicycle Thieves"}},
    {"Ladri di biciclette at the open air cinema", "Bring a blanket.", "", {"Bicycle Thieves"}},
    {"My bicycle was stolen at the festival", "Not a film question.", "", {}},
    {"Metropolis: the Buenos Aires print", "Twenty-five minutes more.", "", {"Metropolis"}},
    {"Cinemas in a metropolis", "Which city has the most?", "", {}},
    {"Casablanca", "As time goes by.", "", {"Casablanca"}},
    {"Flights to Casablanca for the festival", "Anyone going?", "", {}},
    {"Michael Curtiz, the invisible hand", "He made everything.", "", {"Casablanca"}},
    {"Godard at the beginning", "Jump cuts.", "", {"Breathless"}},
    {"À bout de souffle in 4K", "It looks wonderful.", "", {"Breathless"}},
    {"I was breathless after that chase", "The French Connection!", "", {}},
    {"French crime films of the 60s", "Melville and others.", "", {"Breathless"}},
    {"Popcorn prices", "They went up again.", "", {}},
    {"Happy new year everybody", "Good films to you all.", "", {}},
    {"What are you watching tonight?", "I have no plan yet.", "", {}},
};

TEST_F(Related, FourOfFiveSuggestionsForJudgedFilmsAreRightAndWhatWasWrongInTheSeedIsNever) {
  std::ifstream catalogue(foyer::testing::checkout_folder() / "deploy/catalogue/films.jsonl");
  ASSERT_TRUE(catalogue);
  std::vector<persistence::FilmRecord> records;
  for (std::string line; std::getline(catalogue, line);) records.push_back(parse_film_line(line).value());
  sql("delete from films");
  database.write([&](Transaction& transaction) { return persistence::upsert_films(transaction, records); });
  const auto film_called = [&](const std::string& title) {
    return FilmId{std::stoll(sql("select min(id) from films where title = '" + title + "'"))};
  };
  for (const Judged& row : judged) {
    thread(row.title, row.body, *row.film == '\0' ? std::vector<FilmId>{} : std::vector{film_called(row.film)});
  }
  int shown = 0;
  int right = 0;
  int wanted = 0;
  double precisions = 0;  // of each film's at most five
  for (const char* title : asked_films) {
    ASSERT_NE(sql("select count(*) from films where title = '" + std::string(title) + "'"), "0") << title;
    const int right_before = right;
    const Titles found = titles(film_called(title));
    for (const Judged& row : judged) {
      const bool fits =
          std::ranges::any_of(row.right_for, [&](const char* name) { return std::string(name) == title; });
      const bool listed = std::ranges::find(found, row.title) != found.end();
      shown += listed ? 1 : 0;
      right += listed && fits ? 1 : 0;
      wanted += fits ? 1 : 0;
      EXPECT_FALSE(listed && row.right_for.empty()) << title << " was offered: " << row.title;
      if (listed != fits) std::printf("  %s: %s \"%s\"\n", title, listed ? "offered wrongly" : "missed", row.title);
    }
    precisions += found.empty() ? 0 : static_cast<double>(right - right_before) / static_cast<double>(found.size());
  }
  std::printf("  judged set: %d of %d suggestions right, %d of %d right ones found\n", right, shown, right, wanted);
  ASSERT_GE(wanted, 25);
  EXPECT_GE(precisions, 0.8 * static_cast<double>(std::size(asked_films))) << "an empty list is not precise";
  EXPECT_GE(right, 0.8 * wanted);
}

TEST_F(Related, ATitleWithoutARareWordIsKnownWhereItIsSpelledOut) {
  const FilmId cuba = add_film(R"({"title":"I Am Cuba","year":1964})");
  thread("A walk through Cuba");
  thread("i am cuban myself");
  EXPECT_EQ(titles(cuba), Titles{});
  thread("Letter Never Sent or I Am Cuba first?");
  EXPECT_EQ(titles(cuba), Titles{"Letter Never Sent or I Am Cuba first?"});
  EXPECT_EQ(reason(cuba), "The title names “I Am Cuba”");
  const FilmId ring = add_film(R"({"title":"The Ring","year":2002})");
  thread("The Ring of the Nibelung is long");
  EXPECT_EQ(titles(ring), Titles{});
}

// Each thread that is kept has one evidence alone, of which there is more removed than is looked at.
TEST_F(Related, IsNotFilledUpByWhatWasRemoved) {
  const FilmId of = letter();
  const FilmId other = add_film(R"({"title":"The Unsent","year":1964,"crew":[{"name":"Mikhail Kalatozov",
                                    "job":"Director"}]})");
  thread("A recommendation", "See [this](https://www.imdb.com/title/tt0053106/)");
  thread("What did you watch?", "Letter Never Sent, again.");
  thread("Letter Never Sent, at last", "Soon.");
  thread("The rooftop shot", "Hm", {other});
  for (int number = 0; number < 65; ++number) {
    thread("Letter Never Sent, cheap", "Letter Never Sent https://www.imdb.com/title/tt0053106/", {other});
  }
  sql("update posts set state = 'removed', removal_reason = 'spam' from threads t where t.id = thread_id and t.title "
      "like '%cheap'");
  EXPECT_EQ(titles(of),
            (Titles{"A recommendation", "Letter Never Sent, at last", "What did you watch?", "The rooftop shot"}));
  const auto director = look(read_film, of).value().crew.at(0).id;
  const auto about = database.read(
      [&](Transaction& transaction) { return persistence::newest_threads_about(transaction, director, 5); });
  ASSERT_EQ(about.size(), 1U);
  EXPECT_EQ(about[0].title, "The rooftop shot");
}

}  // namespace
}  // namespace foyer::forum
