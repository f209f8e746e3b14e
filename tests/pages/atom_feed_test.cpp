#include "server/pages/atom_feed.hpp"

#include <gtest/gtest.h>

#include "server/pages/xml.hpp"
#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

FeedEntry entry(std::int64_t number, std::optional<std::string> html) {
  FeedEntry made{thread(), post(number, mira(), ""), std::move(html)};
  made.post.body.reset();
  made.post.html.reset();
  return made;
}

AtomFeed feed(FeedEntries entries) {
  return {.title = "The staircase shot",
          .id = "/threads/42",
          .self = "/threads/42-the-staircase-shot.atom",
          .page = "/threads/42-the-staircase-shot",
          .entries = std::move(entries)};
}

std::string written(const FeedEntries& entries) { return atom_feed("https://foyer.example", feed(entries)); }

std::string xml_of(const std::string& text) {
  Xml xml;
  xml.element("a", text);
  return part_of(std::move(xml).take(), "<a>", "</a>");
}

TEST(XmlWriter, EscapesMarkupAndReplacesWhatXmlForbids) {
  EXPECT_EQ(xml_of("<b> & \"q\" 'a' ]]>"), "<a>&lt;b&gt; &amp; &quot;q&quot; 'a' ]]&gt;</a>");
  EXPECT_EQ(xml_of("tab\tline\nend\r"), "<a>tab\tline\nend&#13;</a>");
  EXPECT_EQ(xml_of(std::string("nul\0bell\x07 esc\x1B", 14)), "<a>nul\uFFFDbell\uFFFD esc\uFFFD</a>");
  EXPECT_EQ(xml_of("\xEF\xBF\xBE|\xEF\xBF\xBF|\xEF\xBF\xBD|\u00A0|ñ|🎬"), "<a>\uFFFD|\uFFFD|\uFFFD|\u00A0|ñ|🎬</a>");
  EXPECT_EQ(xml_of("\xEF"), "<a>\xEF</a>") << "nothing is read beyond the end";
}

TEST(AtomFeed, NamesItselfItsPageAndWhenItsLastChangeWas) {
  auto edited = entry(1, "<p>first</p>");
  edited.post.edited_at = at(30);
  const auto xml = written({entry(2, "<p>second</p>"), edited});
  EXPECT_TRUE(
      xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""));
  const auto head = xml.substr(0, xml.find("<entry>"));
  EXPECT_TRUE(contains(head, "xml:base=\"https://foyer.example/\""));
  EXPECT_TRUE(contains(head, "<id>https://foyer.example/threads/42</id>"));
  EXPECT_TRUE(contains(head, "<updated>" + to_rfc3339(at(30)) + "</updated>"));
  EXPECT_TRUE(contains(head,
                       "rel=\"self\" type=\"application/atom+xml\" "
                       "href=\"https://foyer.example/threads/42-the-staircase-shot.atom\""));
  EXPECT_TRUE(contains(head,
                       "rel=\"alternate\" type=\"text/html\" "
                       "href=\"https://foyer.example/threads/42-the-staircase-shot\""));
}

TEST(AtomFeed, TellsOfEachPostWhoWroteWhatWhenAndWhere) {
  const auto xml = written({entry(2, "<p>From <em>below</em>.</p>")});
  const auto told = part_of(xml, "<entry>", "</entry>");
  EXPECT_TRUE(contains(told, "<title>Re: The staircase shot</title>"));
  EXPECT_TRUE(contains(told, "<id>https://foyer.example/posts/902</id>"));
  EXPECT_TRUE(contains(told, "href=\"https://foyer.example/threads/42?at=2#post-2\""));
  EXPECT_TRUE(contains(told, "<published>" + to_rfc3339(at(2)) + "</published>"));
  EXPECT_TRUE(contains(told, "<name>mira</name>\n<uri>https://foyer.example/members/mira</uri>"));
  EXPECT_TRUE(contains(told, "<category term=\"The Cranes Are Flying (1957)\"/>"));
  EXPECT_TRUE(contains(told, "<content type=\"html\">&lt;p&gt;From &lt;em&gt;below&lt;/em&gt;.&lt;/p&gt;</content>"));
}

TEST(AtomFeed, CallsAFirstPostByItsThreadAndACommentByItsFilm) {
  EXPECT_TRUE(contains(written({entry(1, "")}), "<entry>\n<title>The staircase shot</title>"));
  auto comment = entry(1, "");
  comment.thread.kind = ThreadKind::comments;
  EXPECT_TRUE(contains(written({comment}), "<entry>\n<title>Comment on The Cranes Are Flying (1957)</title>"));
}

TEST(AtomFeed, HasNoTextOfWhatMayNotStandUncovered) {
  const auto xml = written({entry(1, std::nullopt)});
  EXPECT_FALSE(contains(xml, "<content"));
  EXPECT_TRUE(contains(xml, "<summary>"));
}

TEST(AtomFeed, OfNothingIsAFeedAllTheSame) {
  const auto xml = written({});
  EXPECT_TRUE(contains(xml, "<updated>1970-01-01T00:00:00.000Z</updated>"));
  EXPECT_FALSE(updated_at({}));
  EXPECT_TRUE(xml.ends_with("</feed>\n"));
}

TEST(AtomFeed, ShowsHostileTextAsText) {
  auto bad = entry(1, hostile);
  bad.thread.title = bad.post.author.name = bad.thread.films.front().title = hostile + '\x02';
  auto wrapped = feed({bad});
  wrapped.title = hostile;
  const auto xml = atom_feed("https://foyer.example", wrapped);
  EXPECT_FALSE(contains(xml, "<script"));
  EXPECT_FALSE(contains(xml, "<img"));
  EXPECT_FALSE(contains(xml, "\x02"));
  for (const auto& tag : tags_of(xml.substr(xml.find("<feed")))) {
    EXPECT_FALSE(contains(without_values(tag), "onerror")) << tag;
  }
  EXPECT_EQ(count_of(xml, "<entry>"), 1u);
}

}  // namespace
}  // namespace foyer::pages
