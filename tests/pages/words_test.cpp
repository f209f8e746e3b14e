#include "server/pages/words.hpp"

#include <gtest/gtest.h>

#include "server/pages/addresses.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

TEST(Words, DatesAreWrittenOut) {
  EXPECT_EQ(date_in_words("1957-10-12"), "12 October 1957");
  EXPECT_EQ(date_in_words("2000-02-29"), "29 February 2000");
  EXPECT_EQ(date_in_words("1957"), "1957");
  EXPECT_EQ(date_in_words("1957-13-41"), "1957-13-41");
  EXPECT_EQ(date_in_words("1957-1a-12"), "1957-1a-12");
  EXPECT_EQ(date_in_words(""), "");
}

TEST(Words, RuntimesAreHoursAndMinutes) {
  EXPECT_EQ(runtime_in_words(97), "1 hour 37 minutes");
  EXPECT_EQ(runtime_in_words(120), "2 hours");
  EXPECT_EQ(runtime_in_words(61), "1 hour 1 minute");
  EXPECT_EQ(runtime_in_words(52), "52 minutes");
  EXPECT_EQ(runtime_in_words(0), "0 minutes");
}

// The client writes the same words: web-client/test/words.test.ts holds the same examples.
TEST(Words, TimesOfPostsAreInUtc) {
  EXPECT_EQ(time_in_words(*from_rfc3339("2026-11-23T15:52:07.123Z")), "23 November 2026, 15:52 UTC");
  EXPECT_EQ(time_in_words(*from_rfc3339("2026-01-02T03:04:05.000Z")), "2 January 2026, 03:04 UTC");
}

// The client writes the same words.
TEST(Words, HowFarARemovalHasComeIsASentence) {
  EXPECT_EQ(reach_in_words({413, 412, 1}),
            "Gone from 412 of 413 screens; 1 was offline and is cleaned when it comes back.");
  EXPECT_EQ(reach_in_words({9, 5, 2}),
            "Gone from 5 of 9 screens; 2 were offline and are cleaned when they come back; 2 have not answered.");
  EXPECT_EQ(reach_in_words({1, 1, 0}), "Gone from 1 of 1 screen.");
  EXPECT_EQ(reach_in_words({0, 0, 0}), "No screen was showing it.");
}

TEST(Words, CountsAgreeWithTheirNouns) {
  EXPECT_EQ(replies_in_words(1), "1 reply");
  EXPECT_EQ(replies_in_words(0), "0 replies");
  EXPECT_EQ(comments_in_words(1), "1 comment");
  EXPECT_EQ(count_in_words(2, "discussion"), "2 discussions");
}

TEST(Words, InitialsAreWholeCharacters) {
  EXPECT_EQ(initial_of("mira"), "m");
  EXPECT_EQ(initial_of("Борис"), "Б");
  EXPECT_EQ(initial_of("𝒜b"), "𝒜");
  EXPECT_EQ(initial_of(""), "");
}

TEST(Words, ABeginningEndsWithAWordAndHasNoLineBreaks) {
  EXPECT_EQ(beginning_of("Moscow, June 1941.\n\nThey part. ", 40), "Moscow, June 1941. They part.");
  EXPECT_EQ(beginning_of("Moscow, June 1941. They part.", 28), "Moscow, June 1941. They…");
  EXPECT_EQ(beginning_of("Moscow, June 1941. They part.", 29), "Moscow, June 1941. They part.");
  EXPECT_EQ(beginning_of("Журавли летят", 8), "Журавли…");
  EXPECT_EQ(beginning_of("Журавли", 4), "Жур…");
  EXPECT_EQ(beginning_of("", 4), "");
}

TEST(Addresses, NamesAreEncodedAsInTheClient) {
  EXPECT_EQ(address_of_member("mira"), "/members/mira");
  EXPECT_EQ(address_of_member("Борис"), "/members/%D0%91%D0%BE%D1%80%D0%B8%D1%81");
  EXPECT_EQ(login_address("/threads/42-a?page=2"), "/login?next=%2Fthreads%2F42-a%3Fpage%3D2");
  EXPECT_EQ(address_of(samples::thread()), "/threads/42-the-staircase-shot");
  EXPECT_EQ(address_of_page(samples::thread(), 3), "/threads/42-the-staircase-shot?page=3");
  EXPECT_EQ(address_of(ThreadId{42}, PostNumber{7}), "/threads/42?at=7#post-7");
}

}  // namespace
}  // namespace foyer::pages
