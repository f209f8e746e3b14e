// Threads that look for a film, and films that members propose for a thread. Values like those of views.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/views.hpp"

namespace foyer {

enum class FilmColour { unknown, colour, black_and_white };

struct FilmClues {            // what the asker remembers; each may be unknown
  std::optional<int> decade;  // 1950
  std::string country;
  FilmColour colour = FilmColour::unknown;
  std::string language;
  std::string scene;  // plain text
  friend bool operator==(const FilmClues&, const FilmClues&) = default;
};

struct FilmProposal {  // a film that a member proposes for a thread; the author or a moderator decides
  FilmLink film;
  UserView proposer;
  Timestamp at;
  friend bool operator==(const FilmProposal&, const FilmProposal&) = default;
};

struct FilmAnswer {  // a film that an answer names by a link to its page
  PostNumber post_number;
  FilmLink film;
  friend bool operator==(const FilmAnswer&, const FilmAnswer&) = default;
};

struct Identification {                // what a thread's page tells beside its posts
  std::optional<FilmClues> clues;      // of kind identify
  std::vector<FilmAnswer> answers;     // of kind identify, while it is not solved
  std::optional<PostNumber> solution;  // the answer that was accepted
  std::vector<FilmProposal> proposals;
  friend bool operator==(const Identification&, const Identification&) = default;
};

}  // namespace foyer
