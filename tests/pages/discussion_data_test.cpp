// What pages of threads say to search engines.
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

constexpr const char* opening = "<script type=\"application/ld+json\">";

std::string script_of(const ThreadPage& content, const PageContext& context = guest_context()) {
  return part_of(thread_page(context, content), opening, "</script>");
}

boost::json::object data_of(const ThreadPage& content) {
  std::string script = script_of(content);
  script = script.substr(std::string(opening).size());
  return boost::json::parse(script.substr(0, script.rfind("</script>"))).as_object();
}

ThreadPage content() {
  auto page = thread_content();
  page.posts[0].like_count = 4;
  page.uncovered_words = {"How was it lit? [spoiler]", "From below.", ""};
  return page;
}

TEST(DiscussionData, SaysWhoBeganWhatAndWhatWasAnswered) {
  const auto data = data_of(content());
  EXPECT_EQ(data.at("@type"), "DiscussionForumPosting");
  EXPECT_EQ(data.at("headline"), "The staircase shot");
  EXPECT_EQ(data.at("url"), "https://foyer.example/threads/42-the-staircase-shot");
  EXPECT_EQ(data.at("author").at("url"), "https://foyer.example/members/mira");
  EXPECT_EQ(data.at("text"), "How was it lit? [spoiler]");
  EXPECT_EQ(data.at("datePublished").as_string(), to_rfc3339(at(0)));
  EXPECT_EQ(data.at("dateModified").as_string(), to_rfc3339(at(2)));
  EXPECT_EQ(data.at("interactionStatistic").at(0).at("userInteractionCount").as_int64(), 2);
  EXPECT_EQ(data.at("interactionStatistic").at(1).at("userInteractionCount").as_int64(), 4);
  EXPECT_EQ(data.at("about").at(0).at("name"), "The Cranes Are Flying");
  const auto& comments = data.at("comment").as_array();
  ASSERT_EQ(comments.size(), 1u) << "the removed one is not told of";
  EXPECT_EQ(comments.at(0).at("text"), "From below.");
  EXPECT_EQ(comments.at(0).at("url"), "https://foyer.example/threads/42-the-staircase-shot#post-2");
  EXPECT_EQ(comments.at(0).at("author").at("name"), "ana");
}

TEST(DiscussionData, OfALaterPageNamesTheThreadAndThePostsOfThatPage) {
  auto page = content();
  page.page_number = page.page_count = 2;
  page.posts = {post(51, ana(), "<p>Late.</p>")};
  page.uncovered_words = {"Late."};
  const auto data = data_of(page);
  EXPECT_EQ(data.at("mainEntityOfPage"), "https://foyer.example/threads/42-the-staircase-shot?page=2");
  EXPECT_EQ(data.at("url"), "https://foyer.example/threads/42-the-staircase-shot");
  EXPECT_EQ(data.at("headline"), "The staircase shot");
  EXPECT_FALSE(data.contains("text"));
  EXPECT_EQ(data.at("comment").at(0).at("url"), "https://foyer.example/threads/42-the-staircase-shot?page=2#post-51");
  const auto html = thread_page(guest_context(), page);
  EXPECT_TRUE(
      contains(html, "<link rel=\"canonical\" href=\"https://foyer.example/threads/42-the-staircase-shot?page=2\">"));
  EXPECT_TRUE(contains(html, "<link rel=\"prev\" href=\"/threads/42-the-staircase-shot\">"));
}

TEST(DiscussionData, SaysOfARemovedFirstPostOnlyThatItIsGone) {
  auto page = content();
  page.posts[0] = removed_post(1);
  page.uncovered_words[0] = "";
  const auto data = data_of(page);
  EXPECT_EQ(data.at("creativeWorkStatus"), "Deleted");
  EXPECT_FALSE(data.contains("text"));
}

TEST(DiscussionData, SaysNoTextThatWasNotAllowed) {
  auto page = content();
  page.uncovered_words = {"", "", ""};
  const auto data = data_of(page);
  EXPECT_FALSE(data.contains("text"));
  EXPECT_TRUE(data.at("comment").as_array().empty());
}

TEST(DiscussionData, IsNotSaidToMembersNorOfCommentsThatNobodyBegan) {
  EXPECT_EQ(script_of(content(), member_context(mira())), "");
  auto comments = content();
  comments.thread.kind = ThreadKind::comments;
  comments.thread.author.reset();
  EXPECT_EQ(script_of(comments), "");
}

TEST(DiscussionData, EndsNoScriptWithWhatPeopleWrote) {
  auto page = content();
  page.thread.title = page.uncovered_words[0] = page.uncovered_words[1] = hostile + "</script>";
  EXPECT_EQ(data_of(page).at("headline").as_string(), page.thread.title);
}

TEST(ThreadPage, NamesItsFeed) {
  EXPECT_TRUE(contains(thread_page(guest_context(), content()),
                       "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"The staircase shot\" "
                       "href=\"/threads/42-the-staircase-shot.atom\">"));
}

}  // namespace
}  // namespace foyer::pages
