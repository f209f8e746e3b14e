#include "server/http/cookies.hpp"

#include <gtest/gtest.h>

using namespace foyer;
using namespace foyer::http;
using pages::Theme;

namespace {

Theme theme_with(const std::string& cookies) { return theme_of({{"Cookie", cookies}}); }

TEST(ThemeCookie, AThemeIsWhatItsCookieNames) {
  EXPECT_EQ(theme_of({}), Theme::system);
  EXPECT_EQ(theme_with("foyer_theme=dark"), Theme::dark);
  EXPECT_EQ(theme_with("foyer_session=abc; foyer_theme=light"), Theme::light);
  EXPECT_EQ(theme_with("foyer_theme=system"), Theme::system);
}

TEST(ThemeCookie, WhatNamesNoThemeIsTheSystems) {
  for (const char* cookies : {"foyer_theme=", "foyer_theme=Dark", "foyer_theme=\"dark\"", "foyer_theme=dark\"><script>",
                              "other_foyer_theme=dark", "foyer_themes=dark"}) {
    EXPECT_EQ(theme_with(cookies), Theme::system) << cookies;
  }
}

TEST(ThemeCookie, AChosenThemeIsKeptForAYearAndTheSystemsNeedsNone) {
  EXPECT_EQ(theme_cookie(Transport::plain, Theme::dark),
            "foyer_theme=dark; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax");
  EXPECT_EQ(theme_cookie(Transport::secure, Theme::light),
            "foyer_theme=light; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(theme_cookie(Transport::plain, Theme::system), "foyer_theme=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
}

}  // namespace
