#include "server/forum/search_query.hpp"

#include <gtest/gtest.h>

#include "server/forum/markdown.hpp"
#include "server/forum/search_snippet.hpp"
#include "server/forum/search_titles.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

using Words = std::vector<std::string>;

std::string refusal_of(const std::string& text) {
  const auto query = parse_search(text);
  return query || query.error().fields.empty() ? "" : query.error().fields[0].field;
}

TEST(SearchQuery, IsTakenApartIntoWordsAndOperators) {
  const SearchQuery query =
      parse_search(R"(Long  "TAKES in"  -drone film:"The Mirror" film:solaris by:mira kind:review in:threads,posts)")
          .value();
  EXPECT_EQ(query.text, R"(Long "TAKES in" -drone)");
  EXPECT_EQ(query.words, (Words{"long", "takes", "in"}));
  EXPECT_TRUE(query.exact);
  EXPECT_EQ(parse_search("alien - director's \"\" cut").value().text, "alien director's cut");
  EXPECT_FALSE(parse_search("alien - director's \"\" cut").value().exact);
  EXPECT_FALSE(parse_search("long take film:\"The Mirror\" or drone").value().exact);
  EXPECT_EQ(query.films, (Words{"The Mirror", "solaris"}));
  EXPECT_EQ(query.author, "mira");
  EXPECT_EQ(query.kind, ThreadKind::review);
  EXPECT_TRUE(query.kinds.threads && query.kinds.posts && !query.kinds.films && !query.kinds.people);
  EXPECT_TRUE(query.narrowed());
}

TEST(SearchQuery, KnowsDaysMonthsAndYears) {
  const SearchQuery query = parse_search("take after:2026-02 before:2027").value();
  EXPECT_EQ(to_rfc3339(*query.not_before), "2026-02-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(*query.before), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(*parse_search("take after:2024-02-29").value().not_before), "2024-02-29T00:00:00.000Z");
  for (const char* text : {"after:2025-02-29", "after:yesterday", "before:2026-13", "before:20260101",
                           "after:2026-01-01x", "after:2026-", "after:99999-01-01", "after:-1", "after:"}) {
    EXPECT_EQ(refusal_of(std::string("take ") + text), "q") << text;
  }
}

TEST(SearchQuery, SaysWhatIsWrong) {
  for (const char* text : {"", "   ", "!!!", "\"\"", "kind:poem", "in:books", "film:", "by:\"\"", "kind:review",
                           "before:2027", "film:a film:b film:c film:d"}) {
    EXPECT_EQ(refusal_of(text), "q") << text;
  }
  for (const char* text : {"-crane", "-crane -\"long take\"", "in:posts -crane"})
    EXPECT_EQ(refusal_of(text), "q") << text;
  EXPECT_EQ(parse_search("in:posts").error().fields[0].message,
            "Type what to look for: kind:, in:, before: and after: only narrow it.");
  EXPECT_EQ(refusal_of(std::string(201, 'a')), "q");
  EXPECT_EQ(refusal_of(std::string("a\0b", 3)), "q");
}

TEST(SearchQuery, LeavesOtherColonsAndOpenQuotesToTheText) {
  EXPECT_EQ(parse_search("2001: a space odyssey").value().text, "2001: a space odyssey");
  EXPECT_EQ(parse_search("http://example.org/x").value().text, "http://example.org/x");
  EXPECT_EQ(parse_search("\"never closed").value().words, (Words{"never", "closed"}));
  EXPECT_EQ(parse_search("film:\"never closed").value().films, Words{"never closed"});
}

TEST(SearchQuery, UsesTwelveWordsAtMost) {
  std::string text;
  for (char letter = 'a'; letter <= 'z'; ++letter) text += std::string(3, letter) + " ";
  EXPECT_EQ(parse_search(text).value().words.size(), 12U);
  EXPECT_EQ(parse_search(text).value().text.size(), 12U * 4 - 1);
  std::string dense;
  for (char letter = 'a'; letter <= 'z'; ++letter) dense += std::string(2, letter) + ",";
  EXPECT_EQ(parse_search(dense).value().text.size(), 12U * 3 - 1);
  EXPECT_EQ(parse_search("rock'n'roll aa,bb").value().text, "rock'n'roll aa,bb");
  const std::string phrase = parse_search("one two \"" + text + "\" three").value().text;
  EXPECT_EQ(phrase.substr(0, 12), "one two \"aaa");
  EXPECT_EQ(phrase.substr(phrase.size() - 5), " jjj\"") << phrase;
}

TEST(SearchQuery, LooksForEachTermOnce) {
  EXPECT_EQ(parse_search("film film \"film film\" film -x -x").value().text, "film \"film film\" -x");
  EXPECT_EQ(parse_search("a or b or c").value().text, "a or b or c");
  EXPECT_EQ(parse_search("cat -dog or bird -dog").value().text, "cat -dog or bird -dog") << "of each alternative";
}

TEST(TitleWords, AreBeginningsOfWordsAlsoInLatinLetters) {
  EXPECT_EQ(title_words({"cranes", "fl"}).query, "('cranes':*) & ('fl':*)");
  EXPECT_EQ(title_words({"калатозов"}).query, "('калатозов':* | 'kalatozov':*)");
  EXPECT_EQ(title_words({"samoilova"}, {{"samoilova", {"samoylova"}}}).query, "('samoilova':* | 'samoylova')");
}

TEST(TitleWords, PreferAYearBesideOtherWords) {
  const auto dated = title_words({"solaris", "1972"});
  EXPECT_EQ(dated.query, "('solaris':*)");
  EXPECT_EQ(dated.year, 1972);
  EXPECT_EQ(dated.title, "solaris 1972");
  EXPECT_EQ(title_words({"1917"}).query, "('1917':*)");
}

TEST(LettersApart, CountsWhatATypistGetsWrong) {
  EXPECT_EQ(letters_apart("cranes", "cranes", 2), 0U);
  EXPECT_EQ(letters_apart("craens", "cranes", 2), 1U);
  EXPECT_EQ(letters_apart("samoilova", "samoylova", 2), 1U);
  EXPECT_EQ(letters_apart("kalatosov", "kalatozov", 2), 1U);
  EXPECT_EQ(letters_apart("yevgeni", "evgeny", 2), 2U);
  EXPECT_EQ(letters_apart("abc", "xyz", 2), 3U);
  EXPECT_EQ(letters_apart("a", "abcdef", 2), 3U);
  EXPECT_EQ(letters_apart("éclair", "eclair", 2), 1U);
  EXPECT_EQ(letters_apart(std::string(70, 'a'), std::string(69, 'a') + 'b', 2), 3U) << "too long to be compared";
  EXPECT_EQ(letters_apart(std::string(70, 'a'), std::string(70, 'a'), 2), 0U);
}

std::string shown(const Snippet& snippet) {
  std::string text;
  for (const auto& [part, marked] : snippet) text += marked ? "<" + part + ">" : part;
  return text;
}

TEST(SnippetCut, LeavesAShortTextWholeAndBeginsALongOneNearItsFirstMark) {
  const Snippet whole{{"A ", false}, {"crane", true}, {" on a rail", false}};
  EXPECT_EQ(cut_snippet(whole, 200), whole);
  std::string before;
  std::string after;
  for (int word = 0; word < 100; ++word) {
    before += "wörd ";
    after += " and";
  }
  const Snippet cut = cut_snippet({{before, false}, {"crane", true}, {after, false}}, 200);
  EXPECT_EQ(shown(cut).find("…wörd"), 0U);
  EXPECT_NE(shown(cut).find("<crane>"), std::string::npos);
  EXPECT_TRUE(shown(cut).ends_with("and …"));
  std::size_t characters = 0;
  for (const auto& [part, marked] : cut) characters += count_characters(part);
  EXPECT_LE(characters, 200U);
  EXPECT_EQ(shown(cut_snippet({{before, false}}, 20)), "wörd wörd wörd …");
  EXPECT_EQ(shown(cut_snippet({{std::string(300, 'x'), false}}, 20)), "…");
  EXPECT_EQ(cut_snippet({}, 20), Snippet{});
}

TEST(SearchableText, IsWhatIsReadWithoutWhatASpoilerHides) {
  const SearchableText text = searchable_text(
      "The *long* take ||where [she](/films/9-the-end) dies|| and [a film](/films/17-cranes), "
      "https://www.imdb.com/title/tt0050634/ `code`");
  EXPECT_EQ(text.words, "The long take and a film, https://www.imdb.com/title/tt0050634/ code");
  EXPECT_EQ(text.links, (Words{"film:17", "imdb:tt0050634"}));
}

TEST(SearchableText, NamesNoFilmByALinkWhoseWordsASpoilerHides) {
  EXPECT_EQ(searchable_text("[||the answer||](/films/12) and [this *one*](/films/13)").links, Words{"film:13"});
}

TEST(SearchableText, NamesFilmsOfThisSiteAndOfKnownOnesOnly) {
  EXPECT_EQ(searchable_text("[a](https://elsewhere.example/films/17)").links, Words{});
  EXPECT_EQ(searchable_text("[a](/films/) [b](/films/x) [c](/films/12345678901234567)").links, Words{});
  EXPECT_EQ(searchable_text("[a](https://www.wikidata.org/wiki/Q164103) [b](https://www.wikidata.org/wiki/P31)").links,
            Words{"wikidata:Q164103"});
  std::string many;
  for (int film = 1; film < 40; ++film) many += "[x](/films/" + std::to_string(film) + ") ";
  EXPECT_EQ(searchable_text(many).links.size(), 20U);
}

}  // namespace
}  // namespace foyer::forum
