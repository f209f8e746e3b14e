// What a search finds. Values like those of views.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/views.hpp"

namespace foyer {

struct SnippetPart {  // a run of plain text, with or without a word that was looked for
  std::string text;
  bool marked = false;
  friend bool operator==(const SnippetPart&, const SnippetPart&) = default;
};
using Snippet = std::vector<SnippetPart>;  // never from a spoiler or a removed text

struct FoundPerson {
  PersonId id;
  std::string slug;
  std::string name;
  std::int64_t film_count = 0;
  std::vector<FilmLink> known_for;  // up to three
  friend bool operator==(const FoundPerson&, const FoundPerson&) = default;
};

struct FoundThread {
  ThreadView thread;
  Snippet snippet;  // of its first post
  friend bool operator==(const FoundThread&, const FoundThread&) = default;
};

struct FoundPost {
  PostId id;
  ThreadId thread_id;
  std::string thread_slug;
  std::string thread_title;
  PostNumber number;
  UserView author;
  Timestamp created_at;
  Snippet snippet;
  friend bool operator==(const FoundPost&, const FoundPost&) = default;
};

struct SearchResults {  // a kind that was not asked for is empty
  ListView<FilmSummary> films;
  ListView<FoundPerson> people;
  ListView<FoundThread> threads;
  ListView<FoundPost> posts;
  friend bool operator==(const SearchResults&, const SearchResults&) = default;
};

}  // namespace foyer
