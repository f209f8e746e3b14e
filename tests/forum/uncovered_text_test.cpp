// What of a post may stand where a spoiler cannot be covered.
#include <random>

#include <gtest/gtest.h>

#include "server/forum/feeds.hpp"
#include "server/forum/markdown.hpp"
#include "tests/forum/allowed_markup.hpp"

namespace foyer::forum {
namespace {

std::string uncovered(const std::string& body) { return render_without_spoilers(body).html; }

TEST(UncoveredText, IsThatOfThePostWhereNothingIsHidden) {
  for (const char* body : {"One *two* **three** `four`.", "> a\n>\n> - b\n> - c", "[x](https://foyer.example/)",
                           "```\na || b || c\n```", "a || b", "plain"}) {
    EXPECT_EQ(uncovered(body), render_markdown(body).html) << body;
  }
}

TEST(UncoveredText, SaysThatASpoilerWasThereAndNoWordOfIt) {
  EXPECT_EQ(uncovered("Before ||he dies|| after."), "<p>Before [spoiler] after.</p>");
  EXPECT_EQ(uncovered("||a||||b||"), "<p>[spoiler][spoiler]</p>");
  EXPECT_EQ(uncovered("*so ||he **dies**|| there*"), "<p><em>so </em>[spoiler]<em> there</em></p>");
  EXPECT_EQ(uncovered("- ||he dies||"), "<ul><li>[spoiler]</li>\n</ul>");
}

TEST(UncoveredText, HidesAddressesAndSpoilersWithinASpoiler) {
  EXPECT_EQ(uncovered("||see [his *||grave||*](https://hidden.example/grave \"grave\") there||"), "<p>[spoiler]</p>");
  EXPECT_EQ(uncovered("||a\n\nb||"), render_markdown("||a\n\nb||").html) << "marks of two paragraphs are none";
}

// Whatever is written around it, and whatever stands in it.
TEST(UncoveredText, NeverHoldsAWordThatTheRenderingCovers) {
  const std::vector<std::string> pieces{
      "||",     "||",     "|||", "*",     "**",  "_",     "`",  "[", "](https://a.example/)", "\n\n> ", "\n- ",
      " word ", " word ", "![",  "](/x)", "<b>", "&amp;", "\\", "\n"};
  std::mt19937 random(7);
  for (int round = 0; round < 3'000; ++round) {
    std::string body;
    for (int piece = 0; piece < 14; ++piece) body += pieces[random() % pieces.size()];
    std::string covered = render_markdown(body).html;
    std::string open;  // the rendering without its <details>
    std::size_t depth = 0;
    for (std::size_t at = 0; at < covered.size();) {
      if (covered.compare(at, 8, "<details") == 0) {
        ++depth;
      }
      if (depth == 0) {
        open += covered[at];
      }
      if (covered.compare(at, 10, "</details>") == 0) {
        --depth;
        at += 10;
        if (depth == 0) open += ' ';
        continue;
      }
      ++at;
    }
    const auto words = [](const std::string& html) {
      std::size_t count = 0;
      for (auto at = html.find("word"); at != std::string::npos; at = html.find("word", at + 1)) ++count;
      return count;
    };
    EXPECT_EQ(words(uncovered(body)), words(open)) << body;
    EXPECT_EQ(uncovered(body).find("<details"), std::string::npos) << body;
    EXPECT_EQ(samples::complaint_about(uncovered(body)), "") << body;
  }
}

PostView post(std::int64_t number, const std::string& body, PostState state = PostState::visible) {
  PostView view;
  view.number = PostNumber{number};
  view.state = state;
  if (state == PostState::visible) view.body = body;
  return view;
}

TEST(UncoveredWords, AreWholeOfTheFirstPostAndTheBeginningOfOthers) {
  std::string long_text;
  for (int word = 0; word < 100; ++word) long_text += "word ";
  const auto words = uncovered_words({}, {post(1, long_text), post(2, long_text), post(3, "||hidden|| shown")});
  EXPECT_EQ(words.at(0).size(), 499u);
  EXPECT_LT(words.at(1).size(), 210u);
  EXPECT_EQ(words.at(2), "[spoiler] shown");
}

TEST(UncoveredWords, AreNoneOfWhatIsGoneOrInAThreadThatGivesItsFilmAway) {
  EXPECT_EQ(uncovered_words({}, {post(1, "", PostState::removed), post(2, "", PostState::deleted)}),
            (std::vector<std::string>{"", ""}));
  ThreadView spoiling;
  spoiling.contains_spoilers = true;
  EXPECT_EQ(uncovered_words(spoiling, {post(1, "a"), post(2, "b")}), (std::vector<std::string>{"", ""}));
}

}  // namespace
}  // namespace foyer::forum
