// What the page of a person shows. Values like those of views.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/views.hpp"

namespace foyer {

enum class JobGroup { directing, writing, acting, other };

constexpr std::string_view to_word(JobGroup group) {
  return group == JobGroup::directing ? "directing"
         : group == JobGroup::writing ? "writing"
         : group == JobGroup::acting  ? "acting"
                                      : "other";
}

struct FilmCredit {
  FilmLink film;
  std::vector<std::string> parts;  // characters of acting, jobs of other work
  std::optional<double> rating_average;
  friend bool operator==(const FilmCredit&, const FilmCredit&) = default;
};

struct JobSection {
  JobGroup group = JobGroup::other;
  std::int64_t film_count = 0;      // of all
  std::vector<FilmCredit> credits;  // those that are shown, the newest film first
  friend bool operator==(const JobSection&, const JobSection&) = default;
};

}  // namespace foyer
