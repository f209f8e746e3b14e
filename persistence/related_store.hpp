// Threads that may have to do with a film that nobody linked one to: what speaks for each, from which server/forum
// chooses, and what it chose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

struct FilmSubject {                // what a film can be recognised by
  std::vector<std::string> titles;  // its title first
  std::optional<int> year;
  struct Person {
    PersonId id;
    std::string name;
  };
  std::vector<Person> directors;  // at most two
  std::vector<Person> cast;       // at most two, in billing order
  std::vector<std::string> genres;
  std::vector<std::string> countries;
  std::vector<std::string> languages;
  std::vector<std::string> links;  // lexemes of post_words: "film:17", "imdb:tt0050634"
};
std::optional<FilmSubject> find_film_subject(Transaction& transaction, FilmId film);

enum class Evidence {
  link,            // the first post links to the film
  title,           // the thread's title holds the film's
  first_post,      // the first post does
  director_title,  // the thread's title names the director
  cast_title,      // or somebody of the cast
  director_post,   // the first post names the director
  director_film,   // the thread is about another film by the director
  cast_film,       // or with somebody of the cast
  subject,         // its title asks for films of that kind and place
  readers,         // who wrote about the film or rated it wrote there, too
};
struct RelatedCandidate {
  ThreadId thread;
  std::string thread_title;
  Evidence evidence = Evidence::link;
  std::string detail;  // the title or name that is meant
  int words = 0;       // of it, without those that everybody uses
  std::int64_t readers = 0;
};
// By every evidence the newest limits::related_candidates or related_certain, one row for each evidence that a thread
// has. Threads of the film itself, comments and threads without posts are left out. `subject_query` is one of
// to_tsquery, "" = none. For a snapshot or a transaction that writes; leaves it after finish_search.
std::vector<RelatedCandidate> find_related_candidates(Transaction& transaction, FilmId film, const FilmSubject& subject,
                                                      const std::string& subject_query);

struct ChosenThread {
  ThreadId thread;
  std::string reason;
};
struct ChosenThreads {
  std::vector<RelatedThreadView> threads;  // the snippet is the whole Markdown of the first post, "" unless visible
  bool old = false;                        // chosen longer ago than limits::related_life
  bool none = false;                       // not even one was chosen
};
enum class LinkedSince { left_out, listed };
// Empty when nothing was chosen for the film yet. What is no longer shown is left out.
std::optional<ChosenThreads> find_related_threads(Transaction& transaction, FilmId film, LinkedSince linked);
void store_related_threads(Transaction& transaction, FilmId film, const std::vector<ChosenThread>& threads);
// As found, without storing them.
std::vector<RelatedThreadView> read_related_threads(Transaction& transaction, FilmId film,
                                                    const std::vector<ChosenThread>& threads);

// Threads whose titles share at least two words with this one, or one of them when they are about one of these films;
// the most alike first, the newest limits::related_candidates of each sort judged. The snippet is as above, the reason
// says which. Run prepare_search before.
std::vector<RelatedThreadView> find_similar_threads(Transaction& transaction, const std::string& title,
                                                    const std::vector<FilmId>& films, int limit);

}  // namespace foyer::persistence
