#include "server/forum/people.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "persistence/person_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

constexpr std::array groups{JobGroup::directing, JobGroup::writing, JobGroup::acting, JobGroup::other};
constexpr std::int64_t films_at_first = 20;  // of each kind of work
constexpr std::int64_t films_per_page = limits::page_items_max;
constexpr int threads_shown = 10;

JobGroup group_of(const PersonView::Credit& credit) {
  return credit.job == "Director" ? JobGroup::directing
         : credit.job == "Writer" ? JobGroup::writing
         : credit.job == "Cast"   ? JobGroup::acting
                                  : JobGroup::other;
}

// What is said of the work beside its kind: whom somebody plays, or what the other work was.
const std::string& part_of(const PersonView::Credit& credit, JobGroup group) {
  static const std::string none;
  return group == JobGroup::acting ? credit.character : group == JobGroup::other ? credit.job : none;
}

// A film stands once in a section, whatever somebody did there; its credits follow each other.
JobSection section_of(const PersonView& person, JobGroup group) {
  JobSection section{group, 0, {}};
  for (const PersonView::Credit& credit : person.filmography) {
    if (group_of(credit) != group) {
      continue;
    }
    if (section.credits.empty() || section.credits.back().film.id != credit.film.id) {
      section.credits.push_back({credit.film, {}, std::nullopt});
    }
    std::vector<std::string>& parts = section.credits.back().parts;
    const std::string& part = part_of(credit, group);
    if (!part.empty() && std::ranges::find(parts, part) == parts.end()) {
      parts.push_back(part);
    }
  }
  section.film_count = std::ssize(section.credits);
  return section;
}

void cut(JobSection& section, std::int64_t first, std::int64_t count) {
  auto& credits = section.credits;
  credits.erase(credits.begin(), credits.begin() + std::min(first, std::ssize(credits)));
  if (std::ssize(credits) > count) {
    credits.resize(static_cast<std::size_t>(count));
  }
}

void add_ratings(Transaction& transaction, std::vector<JobSection>& sections) {
  std::vector<FilmId> films;
  for (const JobSection& section : sections) {
    std::ranges::transform(section.credits, std::back_inserter(films),
                           [](const FilmCredit& credit) { return credit.film.id; });
  }
  const auto averages = persistence::rating_averages(transaction, films);
  for (JobSection& section : sections) {
    for (FilmCredit& credit : section.credits) {
      if (const auto known = averages.find(credit.film.id); known != averages.end()) {
        credit.rating_average = known->second;
      }
    }
  }
}

Result<void> fill_one(PersonPageContent& content, const std::string& job, std::int64_t page_number) {
  const auto group = std::ranges::find(groups, job, [](JobGroup known) { return to_word(known); });
  if (group == groups.end()) {
    return refused(ErrorCode::not_found, "There is no such kind of work.");
  }
  JobSection section = section_of(content.person, *group);
  content.page_count = (section.film_count + films_per_page - 1) / films_per_page;
  if (page_number < 1 || page_number > content.page_count) {
    return refused(ErrorCode::not_found, "There is no such page of films.");
  }
  cut(section, (page_number - 1) * films_per_page, films_per_page);
  content.sections.push_back(std::move(section));
  return {};
}

void fill_all(PersonPageContent& content) {
  for (const JobGroup group : groups) {
    JobSection section = section_of(content.person, group);
    cut(section, 0, films_at_first);
    if (!section.credits.empty()) {
      content.sections.push_back(std::move(section));
    }
  }
}

}  // namespace

Result<PersonPageContent> read_person_page(Transaction& transaction, PersonId person, const std::string& job,
                                           std::int64_t page_number) {
  auto found = read_person(transaction, person);
  if (!found) {
    return found.error();
  }
  PersonPageContent content{std::move(*found), {}, {}, 1};
  if (job.empty()) {
    fill_all(content);
    content.threads = persistence::newest_threads_about(transaction, person, threads_shown);
  } else if (const Result<void> filled = fill_one(content, job, page_number); !filled) {
    return filled.error();
  }
  content.person.filmography.clear();
  add_ratings(transaction, content.sections);
  return content;
}

}  // namespace foyer::forum
