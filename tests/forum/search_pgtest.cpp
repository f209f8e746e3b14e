#include <algorithm>

#include "protocol/limits.hpp"
#include "server/forum/reviews.hpp"
#include "server/forum/search.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::field_of;

using Texts = std::vector<std::string>;

class Search : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    add_film(R"({"title":"Letter Never Sent","year":1960,"original_title":"Неотправленное письмо",
                 "crew":[{"name":"Mikhail Kalatozov","job":"Director"}],
                 "cast":[{"name":"Tatyana Samoylova","character":"Tanya"}]})");
    add_film(R"({"title":"Solaris","year":1972})");
    add_film(R"({"title":"Solaris","year":2002})");
    add_film(R"({"title":"The Solar System","year":2010})");
    add_film(R"({"title":"Amélie","year":2001})");
  }

  SearchAnswer found(const std::string& text, const std::string& in = "", int limit = 10) {
    return look(search, SearchRequest{.text = text, .in = in, .after = std::nullopt, .limit = limit}).value();
  }

  Texts films(const std::string& text) {
    Texts titles;
    for (const FilmSummary& found : found(text).results.films.items) {
      titles.push_back(found.title + " " + std::to_string(found.year.value_or(0)));
    }
    return titles;
  }

  Texts people(const std::string& text) {
    Texts names;
    for (const FoundPerson& person : found(text).results.people.items) names.push_back(person.name);
    return names;
  }

  Texts threads(const std::string& text) {
    Texts titles;
    for (const FoundThread& thread : found(text).results.threads.items) titles.push_back(thread.thread.title);
    return titles;
  }

  Texts posts(const std::string& text) {
    Texts snippets;
    for (const FoundPost& post : found(text).results.posts.items) snippets.push_back(marked(post.snippet));
    return snippets;
  }

  static std::string marked(const Snippet& snippet) {
    std::string text;
    for (const auto& [part, is_marked] : snippet) text += is_marked ? "<" + part + ">" : part;
    return text;
  }

  ThreadId thread(const std::string& title, const std::string& body, std::vector<FilmId> of = {}) {
    return act(start_thread, mira, StartThreadRequest{std::move(of), ThreadKind::discussion, title, body}, "")
        .value()
        .view.thread.id;
  }
};

TEST_F(Search, FindsFilmsByTheBeginningsOfTheirWordsTheTitleItselfFirst) {
  EXPECT_EQ(films("cran fly"), Texts{"The Cranes Are Flying 1957"});
  EXPECT_EQ(films("solaris 1972"), (Texts{"Solaris 1972", "Solaris 2002"}));
  EXPECT_EQ(films("solaris 2002"), (Texts{"Solaris 2002", "Solaris 1972"}));
  EXPECT_EQ(films("sola").size(), 3U);
  EXPECT_EQ(films("AMELIE"), Texts{"Amélie 2001"});
  EXPECT_EQ(films("Неотправленное"), Texts{"Letter Never Sent 1960"});
  EXPECT_EQ(films("nothing like that"), Texts{});
}

TEST_F(Search, FindsNamesInOtherSpellingsAndLetters) {
  EXPECT_EQ(people("samoylova"), Texts{"Tatyana Samoylova"});
  EXPECT_EQ(people("Samoilova"), Texts{"Tatyana Samoylova"});
  EXPECT_EQ(people("tatiana samojlova"), Texts{"Tatyana Samoylova"});
  EXPECT_EQ(people("Калатозов"), Texts{"Mikhail Kalatozov"});
  EXPECT_EQ(films("craens"), Texts{"The Cranes Are Flying 1957"});
  EXPECT_EQ(found("craens").instead, "cranes");
  EXPECT_EQ(found("cranes").instead, "");
  const auto kalatozov = found("kalatozov").results.people.items.at(0);
  EXPECT_EQ(kalatozov.film_count, 1);
  EXPECT_EQ(kalatozov.known_for.at(0).title, "Letter Never Sent");
}

TEST_F(Search, FindsNamesHoweverTheyAreWrittenInOurLettersAlsoBesideOneThatIsWrittenSo) {
  add_film(R"({"title":"A","cast":[{"name":"Aleksey Batalov"},{"name":"Aleksandr Shvorin"},{"name":"Irina Samoilova"},
               {"name":"Armin Mueller-Stahl"}],"directors":["Luis Buñuel"]})");
  EXPECT_EQ(people("Alexei Batalov"), Texts{"Aleksey Batalov"});
  EXPECT_EQ(people("batalov aleksej"), Texts{"Aleksey Batalov"});
  EXPECT_EQ(people("Alexander Shvorin"), Texts{"Aleksandr Shvorin"});
  EXPECT_EQ(people("samoilova").size(), 2U);
  EXPECT_EQ(people("luis bunuel"), Texts{"Luis Buñuel"});
  EXPECT_EQ(people("Müller Stahl"), Texts{"Armin Mueller-Stahl"});
}

TEST_F(Search, FindsANameByWhatElseItIsWritten) {
  sql("update people set variants = '{Mikheil Kalatozishvili}' where name_key = 'mikhail kalatozov'");
  EXPECT_EQ(people("kalatozishvili"), Texts{"Mikhail Kalatozov"});
}

TEST_F(Search, FindsThreadsByTitleAndFirstPostAndPostsByTheirWords) {
  const ThreadId takes = thread("On long takes", "The staircase *scene* is one of them.");
  thread("Other things", "Nothing to see");
  ASSERT_TRUE(reply(tomas, takes, "What about the birch trees?").has_value());
  EXPECT_EQ(threads("take"), Texts{"On long takes"});
  EXPECT_EQ(threads("staircase scenes"), Texts{"On long takes"});
  EXPECT_EQ(threads("birch"), Texts{}) << "that is in a reply";
  EXPECT_EQ(posts("birch tree"), Texts{"What about the <birch> <trees>?"});
  EXPECT_EQ(posts("\"birch trees\""), Texts{"What about the <birch> <trees>?"});
  EXPECT_EQ(posts("\"trees birch\""), Texts{});
  EXPECT_EQ(posts("staircase -scene"), Texts{});
  EXPECT_EQ(posts("staircase -birch"), Texts{"The <staircase> scene is one of them."});
}

TEST_F(Search, TitlesOfThreadsAreFoundByBeginningsAndInOtherSpellings) {
  thread("Kalatozov and his camera", "Hello");
  EXPECT_EQ(threads("kalato"), Texts{"Kalatozov and his camera"});
  EXPECT_EQ(threads("kalatosov"), Texts{"Kalatozov and his camera"});
}

TEST_F(Search, TitlesOfThreadsKeepToPhrasesAndToWhatIsLeftOut) {
  thread("The house of flying daggers", "Hello");
  thread("The flying house", "This house");
  EXPECT_EQ(threads("house -flying"), Texts{});
  EXPECT_EQ(threads("flying -daggers"), Texts{"The flying house"});
  EXPECT_EQ(threads("flying - daggers"), Texts{"The house of flying daggers"});
  EXPECT_EQ(threads("\"flying house\""), Texts{"The flying house"});
  EXPECT_EQ(threads("\"flying daggers\""), Texts{"The house of flying daggers"});
}

TEST_F(Search, FindsAndShowsNothingOfASpoiler) {
  const ThreadId takes = thread("On endings", "It ends ||with a funeral|| as said");
  ASSERT_TRUE(reply(tomas, takes, "I cried ||when the train left|| too").has_value());
  EXPECT_EQ(posts("funeral"), Texts{});
  EXPECT_EQ(threads("funeral"), Texts{});
  EXPECT_EQ(posts("train"), Texts{});
  EXPECT_EQ(posts("cried"), Texts{"I <cried> [spoiler] too"});
  EXPECT_EQ(marked(found("endings").results.threads.items.at(0).snippet), "It <ends> [spoiler] as said");
}

TEST_F(Search, AReviewThatTellsWhatHappensIsFoundByItsTitleOnlyAndShowsNothing) {
  ASSERT_TRUE(
      act(write_review, mira, film, ReviewRequest{"On farewells", "The bridegroom dies at the front", 9, true}));
  EXPECT_EQ(posts("bridegroom"), Texts{});
  EXPECT_EQ(threads("bridegroom"), Texts{});
  EXPECT_EQ(posts("by:mira"), Texts{""});
  EXPECT_EQ(threads("farewells"), Texts{"On farewells"});
  EXPECT_EQ(marked(found("farewells").results.threads.items.at(0).snippet), "");
  ASSERT_TRUE(
      act(write_review, mira, film, ReviewRequest{"On farewells", "The bridegroom dies at the front", 9, false}));
  EXPECT_EQ(posts("bridegroom").size(), 1U) << "uncovered, it may be found";
  ASSERT_TRUE(act(write_review, mira, film, ReviewRequest{"On farewells", "The bridegroom lives after all", 9, true}));
  EXPECT_EQ(posts("bridegroom"), Texts{});
}

TEST_F(Search, ARemovedPostIsGoneAtOnceAndARestoredOneIsBack) {
  const ThreadId takes = thread("On takes", "Opening words");
  const PostId post = reply(tomas, takes, "Unspeakable insult").value().post.id;
  ASSERT_EQ(posts("insult").size(), 1U);
  ASSERT_TRUE(remove(post).has_value());
  EXPECT_EQ(posts("insult"), Texts{});
  EXPECT_EQ(posts("by:tomas"), Texts{});
  ASSERT_TRUE(act(restore_post, vera, post).has_value());
  EXPECT_EQ(posts("insult").size(), 1U);
  const PostId first = look(read_posts, takes, PostNumber{0}, 1).value().items.at(0).id;
  ASSERT_TRUE(remove(first).has_value());
  EXPECT_EQ(threads("opening"), Texts{});
  EXPECT_EQ(marked(found("takes").results.threads.items.at(0).snippet), "") << "its title stands, its text does not";
}

TEST_F(Search, AnEditedPostIsFoundByItsPresentTextOnly) {
  const ThreadId takes = thread("On takes", "Opening words");
  const PostId post = reply(tomas, takes, "The brith trees").value().post.id;
  ASSERT_TRUE(act(edit_post, tomas, post, EditPostRequest{"The birch trees"}).has_value());
  EXPECT_EQ(posts("brith"), Texts{});
  EXPECT_EQ(posts("birch").size(), 1U);
}

TEST_F(Search, IsNarrowedByOperators) {
  const ThreadId cranes = thread("Long takes in it", "A take as long as a reel", {film});
  const ThreadId others = thread("Long takes elsewhere", "Another take");
  ASSERT_TRUE(reply(tomas, cranes, "My favourite take").has_value());
  ASSERT_TRUE(reply(tomas, others, "My least favourite take").has_value());
  EXPECT_EQ(threads("take film:cranes"), Texts{"Long takes in it"});
  EXPECT_EQ(threads("film:\"the cranes are flying\""), Texts{"Long takes in it"});
  EXPECT_EQ(posts("favourite film:cranes"), Texts{"My <favourite> take"});
  EXPECT_EQ(posts("take by:tomas").size(), 2U);
  EXPECT_EQ(posts("by:TOMAS film:cranes"), Texts{"My favourite take"});
  EXPECT_EQ(posts("take by:nobody"), Texts{});
  EXPECT_EQ(posts("take film:unheard"), Texts{});
  EXPECT_EQ(threads("take kind:identify"), Texts{});
  EXPECT_EQ(threads("take before:2020-01-01"), Texts{});
  EXPECT_EQ(threads("take after:2020-01-01").size(), 2U);
  EXPECT_EQ(films("solaris by:mira"), Texts{}) << "no film is by a member";
  EXPECT_TRUE(found("in:posts favourite").results.threads.items.empty());
}

TEST_F(Search, IsPagedWithoutGapsOrRepeats) {
  const ThreadId takes = thread("On takes", "Opening");
  for (int count = 0; count < 7; ++count) {
    ASSERT_TRUE(reply(tomas, takes, std::string("birch ") + (count % 2 == 0 ? "birch " : "") + std::to_string(count)));
  }
  for (const std::string text : {"birch", "by:tomas"}) {
    std::set<PostId> seen;
    SearchRequest request{.text = text, .in = "posts", .after = std::nullopt, .limit = 3};
    int pages = 0;
    do {
      const auto page = look(search, request).value().results.posts;
      for (const FoundPost& post : page.items) EXPECT_TRUE(seen.insert(post.id).second);
      request.after = page.next;
      ++pages;
    } while (request.after && pages < 9);
    EXPECT_EQ(seen.size(), 7U) << text;
    EXPECT_EQ(pages, 3) << text;
  }
}

TEST_F(Search, IsPagedAlsoWhereNamesAreSpelledOtherwise) {
  thread("Kalatozov and his camera", "Opening");
  thread("Kalatozov again", "Opening");
  const std::pair<std::string, std::string> searches[] = {
      {"solaris", "films"}, {"solris", "films"}, {"kalatosov", "threads"}};
  for (const auto& [text, in] : searches) {
    Texts seen;
    SearchRequest request{.text = text, .in = in, .after = std::nullopt, .limit = 1};
    do {
      const auto answer = look(search, request).value();
      for (const FilmSummary& film : answer.results.films.items) seen.push_back(std::to_string(film.year.value_or(0)));
      for (const FoundThread& one : answer.results.threads.items) seen.push_back(one.thread.title);
      EXPECT_EQ(answer.instead.empty(), text == "solaris") << text;
      request.after = in == "films" ? answer.results.films.next : answer.results.threads.next;
    } while (request.after && seen.size() < 9);
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, in == "films" ? (Texts{"1972", "2002"}) : (Texts{"Kalatozov again", "Kalatozov and his camera"}))
        << text;
  }
}

TEST_F(Search, AFilmWhoseTitleIsAYearIsFoundWithItsYear) {
  add_film(R"({"title":"1917","year":2019})");
  EXPECT_EQ(films("1917 2019"), Texts{"1917 2019"});
  EXPECT_EQ(films("1917"), Texts{"1917 2019"});
}

TEST_F(Search, RefusesWhatItDoesNotUnderstand) {
  const auto refused_field = [&](SearchRequest request) {
    request.limit = 10;
    return field_of(look(search, request));
  };
  EXPECT_EQ(refused_field({.text = ""}), "q");
  EXPECT_EQ(refused_field({.text = "a", .in = "books"}), "in");
  EXPECT_EQ(refused_field({.text = "a", .in = "posts", .after = "junk"}), "after");
  EXPECT_EQ(refused_field({.text = "a", .in = "", .after = to_cursor(persistence::RankPosition{1, 1})}), "after");
}

TEST_F(Search, TakesAnyTextAsWords) {
  thread("Plain", "Text");
  for (const char* text : {"'", "\\", "a & b | c", "!!x", "(((", ":*", "'a':*", "a:b", "\"", "-", "<->", "a <-> b",
                           "или", "日本", "%_", "x' or 1=1 --", "ééé \\' ''"}) {
    const auto result = look(search, SearchRequest{.text = text, .in = "", .after = std::nullopt, .limit = 5});
    EXPECT_TRUE(result || result.error().code == ErrorCode::invalid) << text;
  }
}

// More posts of a spammer than a search looks at, all removed: what others wrote before is found as ever.
TEST_F(Search, IsNotFilledUpByWhatWasRemoved) {
  const ThreadId takes = thread("On zithers", "A zither plays.");
  const ThreadId spam = thread("Zither, cheap", "Buy a zither");
  sql("insert into posts (thread_id, number, author_id, body, html, html_version, created_at) select " +
      std::to_string(spam.value) +
      ", 1 + n, author_id, 'zither', 'zither', 1, now() from threads, generate_series(1, 310) n where id = " +
      std::to_string(spam.value) +
      "; insert into post_words select id, thread_id, number, to_tsvector('english', body) "
      "from posts where number > 1; update posts set state = 'removed', removal_reason = 'spam' where thread_id = " +
      std::to_string(spam.value));
  EXPECT_EQ(posts("zither"), Texts{"A <zither> plays."});
  EXPECT_EQ(threads("zither"), Texts{"On zithers"});
  sql("update posts set state = 'visible', removal_reason = '' where number = 9");
  EXPECT_EQ(posts("zither").size(), 2U);
  EXPECT_EQ(threads("zither").size(), 2U);
  EXPECT_EQ(look(read_thread, takes).value().title, "On zithers");
}

// Beyond limits::search_candidates newer ones, and no further than limits::search_narrowed_candidates.
TEST_F(Search, AnOperatorAlsoFindsOlderPostsThanASearchForTheWordsAloneLooksAt) {
  const ThreadId takes = thread("On takes", "A zither plays.");
  const auto add_posts = [&](int first, int last) {
    sql("insert into posts (thread_id, number, author_id, body, html, html_version, created_at) select t.id, n, u.id, "
        "'zither', 'zither', 1, now() from threads t, users u, generate_series(" +
        std::to_string(first) + ", " + std::to_string(last) + ") n where t.id = " + std::to_string(takes.value) +
        " and u.name = 'tomas'; insert into post_words select id, thread_id, number, to_tsvector('english', body) "
        "from posts where number >= " +
        std::to_string(first));
  };
  add_posts(2, limits::search_candidates + 1);
  EXPECT_EQ(posts("by:mira zither"), Texts{"A <zither> plays."});
  add_posts(limits::search_candidates + 2, limits::search_narrowed_candidates);
  EXPECT_EQ(posts("by:mira zither"), Texts{"A <zither> plays."});
  add_posts(limits::search_narrowed_candidates + 1, limits::search_narrowed_candidates + 1);
  EXPECT_EQ(posts("by:mira zither"), Texts{});
}

TEST_F(Search, LeavesOutAWordAlsoWhereOnlyAnOperatorSaysWhatToLookFor) {
  const ThreadId takes = thread("On takes", "Opening words");
  ASSERT_TRUE(reply(tomas, takes, "An insult").has_value());
  ASSERT_TRUE(reply(tomas, takes, "A compliment").has_value());
  EXPECT_EQ(posts("by:tomas -insult"), Texts{"A compliment"});
}

TEST_F(Search, TitlesOfThreadsWithoutPostsTakeNoPlace) {
  const ThreadId kept = thread("On zithers", "Nothing");
  const ThreadId spam = thread("Zithers, cheap", "Buy");
  sql("insert into threads (kind, title, slug, author_id, post_count, emptied) select 'discussion', 'Zithers', 'z', "
      "author_id, 1, true from threads, generate_series(1, 310) where id = " +
      std::to_string(spam.value) +
      "; insert into thread_words (thread_id, words, shown) select id, to_tsvector('english', title), false from "
      "threads where emptied");
  EXPECT_EQ(threads("zithers").size(), 2U);
  EXPECT_EQ(look(read_thread, kept).value().title, "On zithers");
}

}  // namespace
}  // namespace foyer::forum
