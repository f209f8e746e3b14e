// What stands beside the main thing of a page, in its rail. Values like those of views.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/views.hpp"

namespace foyer {

struct FilmFacts {  // a film as a thread's rail tells of it
  FilmLink film;
  std::string director;  // first director or ""
  std::vector<std::string> countries;
  std::optional<int> runtime_minutes;
  friend bool operator==(const FilmFacts&, const FilmFacts&) = default;
};

struct ThreadRail {
  std::optional<FilmFacts> film;          // the first film of the thread
  std::vector<ThreadView> other_threads;  // of that film, last active first; their own films are left out
  std::vector<ThreadView> related = {};   // of no film of the thread, with a title like its own; without their films
  friend bool operator==(const ThreadRail&, const ThreadRail&) = default;
};

struct FilmOfTheWeek {
  FilmLink film;
  std::int64_t thread_count = 0;  // with a post in the last seven days
  friend bool operator==(const FilmOfTheWeek&, const FilmOfTheWeek&) = default;
};

struct FrontRail {
  std::vector<FilmOfTheWeek> films;       // most talked about first
  std::vector<ThreadView> first_threads;  // the first threads of new members, newest first
  friend bool operator==(const FrontRail&, const FrontRail&) = default;
};

}  // namespace foyer
