#include "server/forum/markdown.hpp"

#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "tests/forum/allowed_markup.hpp"

namespace foyer::forum {
namespace {

std::string html_of(std::string_view body) {
  const Rendered rendered = render_markdown(body);
  EXPECT_FALSE(rendered.too_complex);
  EXPECT_EQ(samples::complaint_about(rendered.html), "") << body << "\n" << rendered.html;
  return rendered.html;
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t count = 0; count < times; ++count) text += part;
  return text;
}

const std::string spoiler = R"(<details class="spoiler"><summary>Spoiler</summary>)";
const std::string rel = R"( rel="nofollow ugc noopener")";

TEST(Markdown, KeepsTheSafeSubset) {
  EXPECT_EQ(html_of("Hello *there*, **you** `a<b`"),
            "<p>Hello <em>there</em>, <strong>you</strong> <code>a&lt;b</code></p>");
  EXPECT_EQ(html_of("one\ntwo  \nthree\n\nfour"), "<p>one\ntwo<br>\nthree</p>\n<p>four</p>");
  EXPECT_EQ(html_of("> quoted\n\n- a\n- b\n\n3. c"),
            "<blockquote><p>quoted</p>\n</blockquote>\n<ul><li>a</li>\n<li>b</li>\n</ul>\n"
            "<ol start=\"3\"><li>c</li>\n</ol>");
  EXPECT_EQ(html_of("```cpp\nint a = 1 < 2;\n```\n***"), "<pre><code>int a = 1 &lt; 2;\n</code></pre>\n<hr>");
}

TEST(Markdown, ShowsHeadingsAsParagraphsAndTablesAsText) {
  EXPECT_EQ(html_of("# Title\n\nOther\n====="), "<p>Title</p>\n<p>Other</p>");
  EXPECT_EQ(html_of("|a|b|\n|-|-|\n|1|2|").find("<t"), std::string::npos);
}

TEST(Markdown, ShowsRawHtmlAsText) {
  EXPECT_EQ(html_of("<b>bold</b> <script>alert(1)</script>"),
            "<p>&lt;b&gt;bold&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>");
  EXPECT_EQ(html_of("<div onclick=x>\n</div>").find("<div"), std::string::npos);
  EXPECT_EQ(html_of("<!-- x --> <?php ?> <![CDATA[x]]>").find("<!"), std::string::npos);
}

TEST(Markdown, LinksToTheWebAndToThisSite) {
  EXPECT_EQ(html_of("[a](https://example.org/?x=1&y=2)"),
            "<p><a href=\"https://example.org/?x=1&amp;y=2\"" + rel + ">a</a></p>");
  EXPECT_EQ(html_of("[a](/films/1-x#post-2 \"t\\\"<\")"),
            "<p><a href=\"/films/1-x#post-2\"" + rel + " class=\"film-title\" title=\"t&quot;&lt;\">a</a></p>");
  EXPECT_EQ(html_of("<mailto:a@example.org>"),
            "<p><a href=\"mailto:a@example.org\"" + rel + ">mailto:a@example.org</a></p>");
  EXPECT_EQ(html_of("see https://example.org/a."),
            "<p>see <a href=\"https://example.org/a\"" + rel + ">https://example.org/a</a>.</p>");
  EXPECT_EQ(html_of("[ü](https://example.org/ü?q=a%20b)"),
            "<p><a href=\"https://example.org/%C3%BC?q=a%20b\"" + rel + ">ü</a></p>");
}

TEST(Markdown, TurnsImagesIntoLinks) {
  EXPECT_EQ(html_of("![a still](https://example.org/a.png)"),
            "<p><a href=\"https://example.org/a.png\"" + rel + ">a still</a></p>");
  EXPECT_EQ(html_of("![](https://example.org/a.png)"),
            "<p><a href=\"https://example.org/a.png\"" + rel + ">https://example.org/a.png</a></p>");
  EXPECT_EQ(html_of("[![alt](https://a.example/x.png)](https://b.example/)"),
            "<p><a href=\"https://b.example/\"" + rel + ">alt</a></p>");
  html_of("![a [b](https://c.example) ![d](https://e.example)](https://f.example)");
}

TEST(Markdown, DropsTheAddressOfDangerousLinks) {
  const std::vector<std::string> addresses{"javascript:alert(1)",
                                           "JaVaScRiPt:alert(1)",
                                           "&#106;avascript:alert(1)",
                                           "&#x6A;avascript:alert(1)",
                                           "&#0000106avascript:x",
                                           "javascript&colon;alert(1)",
                                           "javascript&#58;alert(1)",
                                           "java&Tab;script:alert(1)",
                                           "java&NewLine;script:alert(1)",
                                           "&#1;javascript:alert(1)",
                                           "&#32;javascript:alert(1)",
                                           "<  javascript:alert(1)>",
                                           "<java script:alert(1)>",
                                           "data:text/html;base64,PHNjcmlwdD4=",
                                           "DATA:text/html,x",
                                           "vbscript:msgbox(1)",
                                           "//evil.example",
                                           "/\\evil.example",
                                           "\\\\evil.example",
                                           "/&#47;evil.example",
                                           "/&sol;evil.example",
                                           "/&bsol;evil.example",
                                           "/&Tab;/evil.example",
                                           "&sol;&sol;evil.example",
                                           "http:evil.example",
                                           "https:/evil",
                                           "ftp://example.org",
                                           "file:///etc/passwd",
                                           "blob:x",
                                           "about:blank",
                                           "x",
                                           "#x",
                                           "?x",
                                           "../x",
                                           "",
                                           "view-source:x",
                                           "http&colon;//x&NewLine;y",
                                           "&nbsp;javascript:x",
                                           "\u00a0javascript:x",
                                           "\u2028javascript:x",
                                           "jar:http://x"};
  for (const std::string& address : addresses) {
    EXPECT_EQ(html_of("[text](" + address + ")").find("<a"), std::string::npos) << address;
    EXPECT_EQ(html_of("![text](" + address + ")").find("<a"), std::string::npos) << address;
    EXPECT_EQ(html_of("[text]\n\n[text]: " + address + "\n").find("<a"), std::string::npos) << address;
    EXPECT_EQ(html_of("<" + address + ">").find("<a"), std::string::npos) << address;
  }
}

TEST(Markdown, LetsNoAddressOrTitleLeaveItsAttribute) {
  for (const char* body :
       {"[a](https://x.example/\"onmouseover=\"alert(1))", "[a](<https://x.example/\" onclick=\"x>)",
        "[a](https://x.example 'x\" onclick=\"y')", "[a](https://x.example/'><script>)", "<https://x.example/\"x=y>",
        "[a](https://x.example \"&quot;&#34; onclick=x\")", "[a](https://x.example/&quot;&gt;&lt;b&gt;)",
        "https://x.example/\"onclick=alert(1)", "![\"><img src=x>](https://x.example)"}) {
    html_of(body);
  }
}

TEST(Markdown, HidesSpoilers) {
  EXPECT_EQ(html_of("He ||dies||."), "<div class=\"paragraph\">He " + spoiler + "dies</details>.</div>");
  EXPECT_EQ(html_of("||a|| b ||c||"),
            "<div class=\"paragraph\">" + spoiler + "a</details> b " + spoiler + "c</details></div>");
  EXPECT_EQ(html_of("||one\ntwo||"), "<div class=\"paragraph\">" + spoiler + "one\ntwo</details></div>");
  EXPECT_EQ(html_of("||a||||b||"),
            "<div class=\"paragraph\">" + spoiler + "a</details>" + spoiler + "b</details></div>");
  EXPECT_EQ(html_of("||*a* `b`||"),
            "<div class=\"paragraph\">" + spoiler + "<em>a</em> <code>b</code></details></div>");
}

TEST(Markdown, HidesSpoilersInListsQuotesAndHeadings) {
  EXPECT_EQ(html_of("- ||a||"), "<ul><li>" + spoiler + "a</details></li>\n</ul>");
  EXPECT_EQ(html_of("> ||a||"), "<blockquote><div class=\"paragraph\">" + spoiler + "a</details></div>\n</blockquote>");
  EXPECT_EQ(html_of("# ||a||"), "<div class=\"paragraph\">" + spoiler + "a</details></div>");
}

TEST(Markdown, TakesSpoilersOutOfTheSpansAroundThem) {
  EXPECT_EQ(html_of("*a ||b|| c*"),
            "<div class=\"paragraph\"><em>a </em>" + spoiler + "<em>b</em></details><em> c</em></div>");
  const std::string open_link = "<a href=\"https://x.example\"" + rel + ">";
  EXPECT_EQ(html_of("[**||b||**](https://x.example)"),
            "<div class=\"paragraph\">" + open_link + "<strong></strong></a>" + spoiler + open_link +
                "<strong>b</strong></a></details>" + open_link + "<strong></strong></a></div>");
  html_of("||a *b ||c|| d* e||");
}

TEST(Markdown, LeavesMarksThatDoNotMatchAsText) {
  EXPECT_EQ(html_of("a || b"), "<p>a || b</p>");
  EXPECT_EQ(html_of("||a *b|| c*"), "<p>||a <em>b|| c</em></p>");
  EXPECT_EQ(html_of("||a\n\nb||"), "<p>||a</p>\n<p>b||</p>");
  EXPECT_EQ(html_of("||a\n\n- b||"), "<p>||a</p>\n<ul><li>b||</li>\n</ul>");
  EXPECT_EQ(html_of("\\||a||"), "<p>||a||</p>");
  EXPECT_EQ(html_of("&#124;&#124;a||"), "<p>||a||</p>");
  EXPECT_EQ(html_of("`||a||` and `||`"), "<p><code>||a||</code> and <code>||</code></p>");
  EXPECT_EQ(html_of("    ||code||"), "<pre><code>||code||\n</code></pre>");
  EXPECT_EQ(html_of("||||"), "<p>||||</p>");
}

TEST(Markdown, EndsASpoilerThatEndsWithAnAddress) {
  EXPECT_EQ(html_of("||see https://x.example/a||, ok"), "<div class=\"paragraph\">" + spoiler +
                                                            "see <a href=\"https://x.example/a\"" + rel +
                                                            ">https://x.example/a</a></details>, ok</div>");
  html_of("||https://x.example||");
  html_of("[https://x.example/a||b](https://x.example/a||b)");
}

TEST(Markdown, ShowsDeepNestingAsText) {
  const std::string quotes = html_of(repeated(">", 9'000) + " deep");
  EXPECT_NE(quotes.find("deep"), std::string::npos);
  EXPECT_LT(quotes.size(), 1'000U);
  std::string list;
  for (std::size_t depth = 0; depth < 60; ++depth) list += repeated("  ", depth) + "- item\n";
  html_of(list);
  html_of(repeated("> - ", 200) + "x");
  html_of(repeated("*a **b ", 500) + repeated("c** d*", 500));
  html_of(repeated("> ", 40) + "||a||\n\n" + repeated("1. ", 40) + "||b||");
}

TEST(Markdown, RefusesWhatGrowsBeyondMeasure) {
  const std::string definition = "\n\n[x]: https://example.org/" + std::string(4'000, 'y') + "\n";
  const Rendered rendered = render_markdown(repeated("[x] ", 1'400) + definition);
  EXPECT_TRUE(rendered.too_complex);
  EXPECT_EQ(rendered.html, "");
  EXPECT_FALSE(render_markdown(repeated("||a||", 1'000)).too_complex);
}

TEST(Markdown, StaysWithinTheLimitOfTheColumn) {
  for (const char* part : {"||", "|| ", "&", "<", "\"", "> ", "- a\n", "`a` ", "\n\n", "*a* ", "||*a*|| "}) {
    const std::size_t times = limits::post_characters / std::string_view(part).size();
    const Rendered rendered = render_markdown(repeated(part, times));
    EXPECT_LE(rendered.html.size(), limits::rendered_post_bytes) << part;
    EXPECT_EQ(samples::complaint_about(rendered.html), "") << part;
  }
}

TEST(Markdown, TakesLittleTimeForHostileInput) {
  const std::vector<std::string> parts{"||",  "|| ",   ">",        "> ",   "[",    "](",      "![",         "[a](",
                                       "*",   "**a ",  "_a*",      "`",    "``a",  "<",       "<a ",        "&#",
                                       "&a;", "- ",    "1. ",      "||*",  "[||",  "http://", "http://a||", "\\",
                                       "#",   "~~~\n", "[a]: b\n", "[a][", "\n\t", "<!--",    "**a*",       "![a](b "};
  for (const std::string& part : parts) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string body = repeated(part, limits::post_characters / part.size());
    const Rendered rendered = render_markdown(body);
    plain_snippet(body, 200);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took, std::chrono::milliseconds(500)) << part;
    EXPECT_EQ(samples::complaint_about(rendered.html), "") << part;
  }
}

TEST(Markdown, OnlyEverGivesAllowedMarkup) {
  const std::vector<std::string> parts{
      "||",  "*",    "**",          "_",     "`",  "[",    "](",     "https://a.example",
      ")",   "![",   "<",           ">",     "\n", "\n\n", "- ",     "> ",
      "1. ", "    ", "#",           "\"",    "'",  "&",    "&#106;", "\\",
      "a",   " ",    "javascript:", "```\n", "|",  "<b>",  "&lt;",   "]: "};
  std::mt19937 random(20261123);
  for (int round = 0; round < 4'000; ++round) {
    std::string body;
    for (int count = 0; count < 25; ++count) body += parts[random() % parts.size()];
    const Rendered rendered = render_markdown(body);
    ASSERT_EQ(samples::complaint_about(rendered.html), "") << body << "\n" << rendered.html;
  }
}

TEST(PlainSnippet, GivesTheWordsWithoutMarkup) {
  EXPECT_EQ(plain_snippet("# Title\n\nSome *text* with `code`,\n- [a link](https://x.example) &amp; more", 200),
            "Title Some text with code, a link & more");
}

TEST(PlainSnippet, TellsNoSpoiler) {
  EXPECT_EQ(plain_snippet("The end: ||he *dies* ||there||, twice|| sadly", 200),
            "The end: [spoiler]there[spoiler] sadly");
  EXPECT_EQ(plain_snippet("x ||secret||", 200), "x [spoiler]");
  EXPECT_EQ(plain_snippet("||*a secret* of " + repeated("many words ", 200) + "|| shown", 200), "[spoiler] shown");
  EXPECT_EQ(plain_snippet("||see https://x.example/secret||", 200), "[spoiler]");
}

TEST(PlainSnippet, IsCutAtAWord) {
  EXPECT_EQ(plain_snippet("one two three", 9), "one two…");
  EXPECT_EQ(plain_snippet("one two three", 8), "one two…");
  EXPECT_EQ(plain_snippet("ääääääääää", 5), "ääää…");
  EXPECT_EQ(plain_snippet("short", 5), "short");
}

}  // namespace
}  // namespace foyer::forum
