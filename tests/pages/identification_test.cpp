#include "server/pages/identification.hpp"

#include <gtest/gtest.h>

#include "server/pages/pages.hpp"
#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

const FilmLink third_man{FilmId{7}, "the-third-man", "The Third Man", 1949};

ThreadPage search(bool solved) {
  ThreadPage page;
  page.thread = thread();
  page.thread.kind = ThreadKind::identify;
  page.posts = posts();
  page.identification.clues = FilmClues{1940, "", FilmColour::black_and_white, "", "A ferris wheel."};
  page.identification.proposals = {{third_man, {UserId{55}, "tomas", Role::member}, at(0)}};
  if (solved) {
    page.thread.solved = third_man;
    page.identification.solution = PostNumber{2};
  } else {
    page.identification.answers = {{PostNumber{2}, third_man}};
  }
  return page;
}

std::string shown_to(std::optional<UserView> viewer, const ThreadPage& page) {
  PageContext context = guest_context("/threads/42");
  context.viewer = std::move(viewer);
  return thread_page(context, page);
}

bool says(const std::string& html, const std::string& words) { return html.find(words) != std::string::npos; }

const UserView stranger{UserId{99}, "sofia", Role::member};
const UserView proposer{UserId{55}, "tomas", Role::member};
const UserView moderator{UserId{98}, "vera", Role::moderator};

TEST(IdentificationSections, TellEverybodyWhatIsLookedForAndWhatWasNamed) {
  for (const auto& viewer : {std::optional<UserView>(), std::optional(stranger), std::optional(moderator)}) {
    const std::string html = shown_to(viewer, search(false));
    EXPECT_TRUE(says(html, ">Looking for a film</p>"));
    EXPECT_TRUE(says(html, "<dt>Decade</dt><dd>1940s</dd>"));
    EXPECT_TRUE(says(html, "<dd>Black and white</dd>"));
    EXPECT_FALSE(says(html, "<dt>Country</dt>")) << "what is not known is not there";
    EXPECT_TRUE(says(html, "<cite class=\"film-title\">The Third Man</cite></a> (1949) in <a"));
    EXPECT_TRUE(says(html, "proposed by tomas"));
  }
}

TEST(IdentificationSections, OfferAChoiceOnlyToTheAskerAndModerators) {
  const auto asker = search(false).thread.author;
  for (const auto& [viewer, decides] :
       {std::pair(std::optional<UserView>(), false), std::pair(std::optional(stranger), false), std::pair(asker, true),
        std::pair(std::optional(moderator), true)}) {
    const std::string html = shown_to(viewer, search(false));
    EXPECT_EQ(says(html, ">This is it</button>"), decides);
    EXPECT_EQ(says(html, ">Confirm</button>"), decides);
    EXPECT_EQ(says(html, "Propose a film"), viewer.has_value());
    EXPECT_EQ(says(shown_to(viewer, search(true)), "name=\"withdraw\""), decides);
  }
  EXPECT_TRUE(says(shown_to(proposer, search(false)), ">Withdraw</button>"));
}

TEST(IdentificationSections, SayWhichFilmItWasAndInWhichAnswer) {
  const std::string html = shown_to(std::nullopt, search(true));
  EXPECT_TRUE(
      says(html, "Solved: <a href=\"/films/7-the-third-man\"><cite class=\"film-title\">The Third Man</cite></a>"));
  EXPECT_TRUE(says(html, ">answer #2</a>"));
  EXPECT_FALSE(says(html, "Films named so far"));
}

TEST(IdentificationSections, LeaveArticlesAlike) {
  const auto article = [](const std::string& html) { return part_of(html, "<article", "</article>"); };
  EXPECT_EQ(article(shown_to(std::nullopt, search(false))), article(shown_to(moderator, search(true))));
}

TEST(IdentificationSections, LetALockedThreadBe) {
  ThreadPage page = search(false);
  page.thread.locked = true;
  EXPECT_FALSE(says(shown_to(page.thread.author, page), ">This is it</button>"));
  EXPECT_FALSE(says(shown_to(stranger, page), "Propose a film"));
  EXPECT_TRUE(says(shown_to(moderator, page), ">This is it</button>"));
}

TEST(IdentificationSections, AreNotPartOfOtherThreads) {
  ThreadPage page = search(false);
  page.thread.kind = ThreadKind::discussion;
  page.identification = {};
  const std::string html = shown_to(std::nullopt, page);
  EXPECT_FALSE(says(html, "search-state"));
  EXPECT_FALSE(says(html, "class=\"proposals\""));
  EXPECT_FALSE(says(shown_to(stranger, page), "Name a film"));
}

TEST(ThreadListPage, LinksEachKindAndMarksTheOneThatIsShown) {
  ThreadListPage page;
  page.threads.items = {search(true).thread};
  page.kind = "identify";
  page.solved = false;
  const std::string html = thread_list_page(guest_context("/threads"), page);
  EXPECT_TRUE(says(html, "<a href=\"/threads?kind=identify&amp;solved=0\" aria-current=\"page\">Unsolved</a>"));
  EXPECT_TRUE(says(html, "<a href=\"/threads?kind=identify\">Looking for a film</a>"));
  EXPECT_TRUE(says(html, "Solved: <cite class=\"film-title\">The Third Man</cite>"));
}

}  // namespace
}  // namespace foyer::pages
