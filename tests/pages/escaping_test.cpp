#include <algorithm>
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "tests/pages/hostile_pages.hpp"
#include "tests/pages/markup.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

// The viewers differ in what is shown: every page is made for each of them.
std::vector<std::pair<std::string, std::string>> all_pages() {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto role : {std::optional<Role>(), std::optional(Role::member), std::optional(Role::moderator)}) {
    for (auto& page : hostile_pages(role)) all.push_back(std::move(page));
  }
  return all;
}

TEST(Escaping, HostileTextIsNowherePartOfTheMarkup) {
  for (const auto& [name, page] : all_pages()) {
    SCOPED_TRACE(name);
    EXPECT_FALSE(contains(page, "<img"));
    EXPECT_FALSE(contains(page, "alert('"));
    EXPECT_FALSE(contains(page, "-->"));
    EXPECT_FALSE(contains(page, hostile.substr(0, 10)));
    EXPECT_EQ(count_of(page, "<script") - count_of(page, "<script type=\"application/ld+json\">"), 1u);
    EXPECT_EQ(count_of(page, "<script"), count_of(page, "</script>"));
    EXPECT_TRUE(contains(page, "<script type=\"module\" src=\"/assets/app.1a2b.js\"></script>"));
  }
}

TEST(Escaping, HostileTextIsShownWholeAsText) {
  const std::string shown =
      "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&gt;&lt;img src=x "
      "onerror=&quot;x()&quot;&gt;&amp;&#39;--&gt;";
  for (const auto& [name, page] : all_pages()) EXPECT_TRUE(contains(page, shown)) << name;
}

TEST(Escaping, NoPageHasInlineStylesOrHandlers) {
  for (const auto& [name, page] : all_pages()) {
    for (const auto& tag : tags_of(page)) {
      const auto bare = without_values(tag);
      EXPECT_FALSE(contains(bare, " style=")) << name << ": " << tag;
      EXPECT_FALSE(contains(bare, " on")) << name << ": " << tag;
      EXPECT_FALSE(contains(bare, "<style")) << name << ": " << tag;
      EXPECT_FALSE(contains(bare, "'")) << name << ": " << tag;
    }
  }
}

TEST(Escaping, AddressesLeadOnlyToThisSiteOrTheWeb) {
  for (const auto& [name, page] : all_pages()) {
    EXPECT_FALSE(contains(page, "javascript:")) << name;
    EXPECT_FALSE(contains(page, "href=\"//")) << name;
  }
}

TEST(Escaping, TagsAreNestedAndClosed) {
  static const std::set<std::string> empty = {"meta", "link", "input", "br", "!DOCTYPE"};
  for (const auto& [name, page] : all_pages()) {
    SCOPED_TRACE(name);
    std::vector<std::string> open;
    for (const auto& tag : tags_of(page)) {
      const bool closing = tag[1] == '/';
      const auto from = closing ? 2u : 1u;
      const auto element = tag.substr(from, tag.find_first_of(" >\n", from) - from);
      if (closing) {
        ASSERT_FALSE(open.empty());
        ASSERT_EQ(open.back(), element);
        open.pop_back();
      } else if (!empty.contains(element)) {
        open.push_back(element);
      }
    }
    EXPECT_TRUE(open.empty());
  }
}

TEST(Escaping, NoIdIsGivenTwice) {
  for (const auto& [name, page] : all_pages()) {
    std::set<std::string> seen;
    for (const auto& tag : tags_of(page)) {
      const auto id = part_of(tag, " id=\"", "\"");
      if (!id.empty()) EXPECT_TRUE(seen.insert(id).second) << name << ": " << id;
    }
  }
}

TEST(Escaping, EveryPageHasOneHeadingOfTheFirstLevelAndASkipLink) {
  for (const auto& [name, page] : all_pages()) {
    EXPECT_EQ(count_of(page, "<h1"), 1u) << name;
    EXPECT_TRUE(contains(page, "<a class=\"skip-link\" href=\"#main\">")) << name;
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">")) << name;
  }
}

TEST(Escaping, EveryFormThatMakesSomethingCarriesAKey) {
  for (const auto& [name, page] : hostile_pages(Role::moderator)) {
    for (auto at = page.find("<form"); at != std::string::npos; at = page.find("<form", at + 1)) {
      const auto written = page.substr(at, page.find("</form>", at) - at);
      if (!contains(written, "method=\"post\"")) continue;
      // Sent twice, these do no more than once.
      const auto sent_to = [&](const char* path) { return contains(written, "action=\"" + std::string(path) + "\""); };
      if (std::ranges::any_of(std::array{"/login", "/register", "/settings"}, sent_to)) continue;
      EXPECT_TRUE(contains(written, "name=\"key\"")) << name << ": " << written.substr(0, 200);
    }
  }
}

TEST(Escaping, EveryFieldHasALabelAndWhatDescribesAFieldExists) {
  for (const auto& [name, page] : hostile_pages(Role::moderator)) {
    for (const auto& tag : tags_of(page)) {
      const bool control = tag.starts_with("<textarea") || tag.starts_with("<select") ||
                           (tag.starts_with("<input") && !contains(tag, "type=\"hidden\""));
      if (!control) continue;
      if (contains(page, "<label class=\"choice\">" + tag + " ")) continue;
      const auto id = part_of(tag, " id=\"", "\"");
      EXPECT_TRUE(contains(page, "<label for=" + id.substr(4) + ">")) << name << ": " << tag;
      if (contains(tag, "aria-invalid")) EXPECT_TRUE(contains(tag, "aria-describedby")) << tag;
    }
    for (auto at = page.find("aria-describedby=\""); at != std::string::npos;
         at = page.find("aria-describedby=\"", at + 1)) {
      const auto words = page.substr(at + 18, page.find('"', at + 18) - at - 18);
      for (std::size_t from = 0; from < words.size();) {
        const auto to = std::min(words.find(' ', from), words.size());
        EXPECT_TRUE(contains(page, " id=\"" + words.substr(from, to - from) + "\"")) << name << ": " << words;
        from = to + 1;
      }
    }
  }
}

}  // namespace
}  // namespace foyer::pages
