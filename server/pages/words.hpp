// Dates, durations and counts as people read them. The client writes the time of a post in the same words
// (web-client/src/words.ts): a test holds both to the same examples. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/timestamp.hpp"
#include "protocol/views.hpp"

namespace foyer::pages {

// "23 November 2026, 15:52 UTC"
std::string time_in_words(Timestamp time);
// "November 2026"
std::string month_in_words(Timestamp time);
// "12 October 1957" of "1957-10-12"; a text of another form comes back as it is.
std::string date_in_words(const std::string& date);
// "1 hour 37 minutes", "52 minutes", "2 hours"
std::string runtime_in_words(int minutes);
// "1 reply", "12 replies"
std::string replies_in_words(std::int64_t count);
std::string comments_in_words(std::int64_t count);
// "1 discussion", "12 discussions"; the plural is the singular with an s.
std::string count_in_words(std::int64_t count, const std::string& noun);
// "a, b, c"
std::string joined(const std::vector<std::string>& words);
// A text on one line, cut with "…" at the last word that leaves it with at most so many characters.
std::string beginning_of(const std::string& text, std::size_t characters);
// "7.8" with one digit after the point
std::string score_in_words(double score);
// "of 10 from 12 ratings", "No ratings yet". The client writes the same words (web-client/src/words.ts).
std::string rating_in_words(const RatingView& rating);
// The first character of a name as it stands, for avatars; style sheets make it a capital.
std::string initial_of(const std::string& name);
// "Gone from 412 of 413 screens; 1 was offline and is cleaned when it comes back."
// The client writes the same words (web-client/src/reach_watch.ts).
std::string reach_in_words(const ReachView& reach);
// " (1957)" or ""
std::string year_in_parentheses(std::optional<int> year);

}  // namespace foyer::pages
