#include "server/forum/related.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "persistence/film_store.hpp"
#include "persistence/search_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

using persistence::ChosenThread;
using persistence::Evidence;
using persistence::FilmSubject;
using persistence::LinkedSince;
using persistence::RelatedCandidate;
using persistence::Transaction;

// Less than this is no reason. What else speaks for a thread adds a third of its weight.
constexpr double floor_score = 1.5;
constexpr double further_share = 0.3;

struct Reason {
  double weight = 0;
  std::string words;
};

// "I Am Cuba" has a single word that is not everybody's, and yet is a title where it is spelled like one. An article
// alone makes none: "the ring".
bool spells_out(const std::string& thread_title, const std::string& film_title) {
  const std::string key = search_key_of(film_title);
  const std::size_t first_word = std::min(key.find(' '), key.size());
  const bool article = key.starts_with("the ") || key.starts_with("a ") || key.starts_with("an ");
  const bool several_words = key.find(' ', article ? first_word + 1 : 0) != std::string::npos;
  const std::string title = " " + search_key_of(thread_title) + " ";
  return several_words && thread_title.find(film_title) != std::string::npos &&
         title.find(" " + key + " ") != std::string::npos;
}

// A title of one word is the film's only where it stands as a title: alone, at the beginning before a mark, in quotes,
// or beside the film's year. "Flying", "Brazil" and "Ran" are words as well.
bool stands_as_title(const std::string& thread_title, const std::string& film_title, std::optional<int> year) {
  const std::string key = search_key_of(film_title);
  const std::string thread_key = search_key_of(thread_title);
  const auto holds = [&](const std::string& text) { return thread_title.find(text) != std::string::npos; };
  const std::string dated = year ? key + " " + std::to_string(*year) : key;
  return thread_key == key || (year && (" " + thread_key + " ").find(" " + dated + " ") != std::string::npos) ||
         holds("\"" + film_title + "\"") || holds("“" + film_title + "”") || holds("'" + film_title + "'") ||
         thread_title.starts_with(film_title + ":") || thread_title.starts_with(film_title + " (") ||
         thread_title.starts_with(film_title + ",");
}

Reason reason_of_title(const FilmSubject& subject, const RelatedCandidate& candidate) {
  const bool dated = subject.year && candidate.thread_title.find(std::to_string(*subject.year)) != std::string::npos;
  const std::string words = "The title names “" + candidate.detail + "”";
  if (candidate.words > 1) {
    return {dated ? 6.0 : 5.0, words};
  }
  if (spells_out(candidate.thread_title, candidate.detail)) {
    return {4.5, words};
  }
  return {stands_as_title(candidate.thread_title, candidate.detail, subject.year) ? 4.0 : 0.0, words};
}

// "Kalatozov's", folded, is "kalatozovs".
bool holds_name(const std::string& title_key, const std::string& name_key) {
  const std::string title = " " + title_key + " ";
  return title.find(" " + name_key + " ") != std::string::npos ||
         title.find(" " + name_key + "s ") != std::string::npos;
}

// With what belongs to it: "de sica", "von trier".
std::string surname_of(const std::string& name_key) {
  constexpr std::size_t longest_particle = 3;
  const std::size_t last = name_key.rfind(' ');
  if (last == std::string::npos || last == 0) {
    return name_key;
  }
  const std::size_t before = name_key.rfind(' ', last - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  return begin > 0 && last - begin <= longest_particle ? name_key.substr(begin) : name_key.substr(last + 1);
}

// A surname alone in a title may be a word, too: it must be a long one.
bool names_person(const std::string& thread_title, const std::string& name) {
  constexpr std::size_t long_enough = 5;
  const std::string key = search_key_of(name);
  const std::string title = search_key_of(thread_title);
  const std::string surname = surname_of(key);
  return holds_name(title, key) || (count_characters(surname) >= long_enough && holds_name(title, surname));
}

Reason reason_of(const FilmSubject& subject, const RelatedCandidate& candidate) {
  switch (candidate.evidence) {
    case Evidence::link:
      return {6, "The first post links to the film"};
    case Evidence::title:
      return reason_of_title(subject, candidate);
    case Evidence::first_post:
      return {3, "The first post names “" + candidate.detail + "”"};
    case Evidence::director_title:
      return {names_person(candidate.thread_title, candidate.detail) ? 4.0 : 0.0,
              "The title names its director, " + candidate.detail};
    case Evidence::cast_title:
      return {2.5, "The title names " + candidate.detail + " of its cast"};
    case Evidence::director_post:
      return {2, "The first post names its director, " + candidate.detail};
    case Evidence::director_film:
      return {2, "About another film by " + candidate.detail};
    case Evidence::cast_film:
      return {1.6, "About another film with " + candidate.detail};
    case Evidence::subject:
      return {1.8, "About films of its kind and country"};
    case Evidence::readers:
      break;
  }
  return {1.5 + 0.1 * static_cast<double>(std::min<std::int64_t>(candidate.readers - 3, 10)),
          "Its readers discussed both"};
}

// "English" and "American" say too little of a film.
constexpr std::array<std::string_view, 9> places_left_out{"english", "united",  "states", "kingdom", "republic",
                                                          "west",    "america", "of",     "no"};

void add_word(std::string& query, const std::string& word) {
  query.append(query.empty() ? "'" : " | '").append(word).append("'");
}

std::string place_words(const FilmSubject& subject) {
  std::string query;
  for (const auto* names : {&subject.languages, &subject.countries}) {
    for (const std::string& name : *names) {
      std::string rest = search_key_of(name);
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        const std::string word = rest.substr(0, end);
        rest.erase(0, std::min(end + 1, rest.size()));
        if (word.size() > 3 && std::ranges::find(places_left_out, word) == places_left_out.end() && word != "union") {
          add_word(query, word);
        }
      }
    }
  }
  return query;
}

std::string kind_words(const FilmSubject& subject) {
  std::string query;
  for (const std::string& genre : subject.genres) {
    const std::string word = search_key_of(genre);
    if (!word.empty() && word != "drama" && word.find(' ') == std::string::npos) {
      add_word(query, word);
    }
  }
  if (subject.year) {
    const int decade = *subject.year / 10 * 10;
    add_word(query, std::to_string(decade) + "s");
    add_word(query, std::to_string(decade % 100) + "s");
  }
  return query;
}

// The store gives whole first posts: only Markdown read to its end tells what a spoiler hides.
void cut_snippets(std::vector<RelatedThreadView>& threads) {
  for (RelatedThreadView& related : threads) {
    related.snippet =
        related.thread.contains_spoilers ? "" : plain_snippet(related.snippet, limits::snippet_characters);
  }
}

}  // namespace

std::string subject_query(const FilmSubject& subject) {
  const std::string places = place_words(subject);
  const std::string kinds = kind_words(subject);
  return places.empty() || kinds.empty() ? "" : "(" + places + ") & (" + kinds + ")";
}

std::vector<ChosenThread> choose_related(const FilmSubject& subject, const std::vector<RelatedCandidate>& candidates) {
  struct Judged {
    ThreadId thread;
    Reason best;
    double total = 0;
  };
  std::map<ThreadId, Judged> threads;
  for (const RelatedCandidate& candidate : candidates) {
    const Reason reason = reason_of(subject, candidate);
    Judged& judged = threads.try_emplace(candidate.thread, Judged{candidate.thread, {}, 0}).first->second;
    judged.total += reason.weight;
    if (reason.weight > judged.best.weight) {
      judged.best = reason;
    }
  }
  std::vector<Judged> good;
  for (auto& [id, judged] : threads) {
    judged.total = judged.best.weight + further_share * (judged.total - judged.best.weight);
    if (judged.total >= floor_score) {
      good.push_back(std::move(judged));
    }
  }
  std::ranges::sort(good, [](const Judged& one, const Judged& other) {
    return one.total != other.total ? one.total > other.total : one.thread > other.thread;
  });
  std::vector<ChosenThread> chosen;
  for (const Judged& judged : good) {
    if (std::ssize(chosen) == limits::related_threads) {
      break;
    }
    chosen.push_back({judged.thread, judged.best.words});
  }
  return chosen;
}

RelatedThreads read_related(Transaction& transaction, FilmId film) {
  auto kept = persistence::find_related_threads(transaction, film, LinkedSince::left_out);
  if (!kept || (kept->old && kept->threads.empty())) {
    return {{}, RelatedState::missing};
  }
  cut_snippets(kept->threads);
  return {std::move(kept->threads), kept->old ? RelatedState::old : RelatedState::kept};
}

std::optional<std::vector<RelatedThreadView>> related_on_open_pages(Transaction& transaction, FilmId film) {
  auto kept = persistence::find_related_threads(transaction, film, LinkedSince::listed);
  if (!kept || kept->none) {
    return std::nullopt;
  }
  cut_snippets(kept->threads);
  return std::move(kept->threads);
}

FoundRelated find_related(Transaction& transaction, FilmId film) {
  const auto subject = persistence::find_film_subject(transaction, film);
  if (!subject) {
    return {};
  }
  FoundRelated found;
  found.chosen = choose_related(
      *subject, persistence::find_related_candidates(transaction, film, *subject, subject_query(*subject)));
  found.threads = persistence::read_related_threads(transaction, film, found.chosen);
  cut_snippets(found.threads);
  return found;
}

void keep_related(Transaction& transaction, FilmId film, const std::vector<ChosenThread>& chosen) {
  if (persistence::find_film_link(transaction, film)) {
    persistence::store_related_threads(transaction, film, chosen);
  }
}

std::vector<ThreadView> similar_threads(Transaction& transaction, const ThreadView& thread) {
  const auto about_same = [&](const ThreadView& other) {
    return std::ranges::any_of(other.films, [&](const FilmLink& film) {
      return std::ranges::find(thread.films, film.id, &FilmLink::id) != thread.films.end();
    });
  };
  persistence::prepare_search(transaction);
  std::vector<ThreadView> similar;
  for (RelatedThreadView& found :
       persistence::find_similar_threads(transaction, thread.title, {}, 2 * limits::related_threads)) {
    if (std::ssize(similar) < limits::similar_threads && found.thread.id != thread.id && !about_same(found.thread)) {
      similar.push_back(std::move(found.thread));
    }
  }
  return similar;
}

Result<std::vector<RelatedThreadView>> suggest_threads(Transaction& transaction, const std::string& title,
                                                       const std::vector<FilmId>& films) {
  const auto line = checked_line(title, "title", limits::title_characters);
  if (!line) {
    return line.error();
  }
  persistence::prepare_search(transaction);
  auto threads = persistence::find_similar_threads(transaction, *line, films, limits::related_threads);
  cut_snippets(threads);
  return threads;
}

}  // namespace foyer::forum
