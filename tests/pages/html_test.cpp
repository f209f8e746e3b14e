#include "server/pages/html.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace foyer::pages {
namespace {

template <class Text>
concept Writable = requires(Html& html, Text text) { html << text; };

static_assert(Writable<std::string>);
static_assert(Writable<std::int64_t>);
static_assert(Writable<TrustedHtml>);
static_assert(Writable<Address>);
static_assert(!Writable<const char*>, "text of unknown origin must not compile");
static_assert(!Writable<char*>);
static_assert(!Writable<std::string_view>);
static_assert(!Writable<bool>);
static_assert(!Writable<char>);

std::string written(auto&&... parts) {
  Html html;
  (html << ... << std::forward<decltype(parts)>(parts));
  return std::move(html).take();
}

TEST(Html, EscapesAStringAndPassesALiteral) {
  Html html;
  html << "<p>" << std::string("<b> & \"c\" 'd'") << "</p>";
  EXPECT_EQ(std::move(html).take(), "<p>&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</p>");
}

TEST(Html, LeavesTextWithoutSpecialCharactersAsItIs) {
  EXPECT_EQ(written(std::string("Летят журавли, 1957")), "Летят журавли, 1957");
  EXPECT_EQ(written(std::string()), "");
}

TEST(Html, WritesAttributesWithTheirSpaceAndQuotes) {
  Html html;
  html << "<a";
  html.attribute("title", std::string("a\"b"))
      .attribute("data-id", std::int64_t{7})
      .flag("hidden", true)
      .flag("x", false);
  EXPECT_EQ(std::move(html).take(), "<a title=\"a&quot;b\" data-id=\"7\" hidden");
}

TEST(Html, PassesRenderedBodiesUnderTheirName) {
  const std::string rendered = "<p>a</p>";
  EXPECT_EQ(written(TrustedHtml(rendered)), "<p>a</p>");
}

TEST(Html, AddressesOfOtherKindsLeadNowhere) {
  for (const auto* harmless : {"/films?q=a", "?page=2", "#reply", "https://a.example/", "http://a.example/", "/"}) {
    EXPECT_EQ(Address(harmless).value(), harmless);
  }
  for (const auto* harmful : {"javascript:alert(1)", "JavaScript:1", "//evil.example", "/\\evil.example",
                              "data:text/html,a", " https://a.example", "", "films"}) {
    EXPECT_EQ(Address(harmful).value(), "#") << harmful;
  }
}

TEST(Html, WritesNumbersWhole) {
  EXPECT_EQ(written(std::int64_t{9'223'372'036'854'775'807}), "9223372036854775807");
  EXPECT_EQ(written(-3), "-3");
}

}  // namespace
}  // namespace foyer::pages
