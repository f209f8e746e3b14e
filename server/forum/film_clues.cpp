#include "server/forum/film_clues.hpp"

#include "protocol/film_colours.hpp"
#include "protocol/limits.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

constexpr int first_decade = 1870;
constexpr int last_decade = 2090;

Result<std::optional<int>> checked_decade(std::optional<int> decade) {
  if (decade && (*decade < first_decade || *decade > last_decade || *decade % 10 != 0)) {
    return invalid_field("clues.decade", "out_of_range", "Must be the first year of a decade, such as 1950.");
  }
  return decade;
}

}  // namespace

Result<std::optional<FilmClues>> checked_clues(ThreadKind kind, const std::optional<FilmClues>& clues) {
  if (!clues) {
    return clues;
  }
  if (kind != ThreadKind::identify) {
    return invalid_field("clues", "out_of_range", "Only threads of kind identify have clues.");
  }
  FieldChecks checks;
  FilmClues checked;
  checked.decade = checks.take(checked_decade(clues->decade));
  checked.colour = clues->colour;
  if (!clues->country.empty()) {
    checked.country = checks.take(checked_line(clues->country, "clues.country", limits::clue_characters));
  }
  if (!clues->language.empty()) {
    checked.language = checks.take(checked_line(clues->language, "clues.language", limits::clue_characters));
  }
  if (!clues->scene.empty()) {
    checked.scene = checks.take(checked_text(clues->scene, "clues.scene", limits::scene_characters));
  }
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  return checked == FilmClues() ? std::nullopt : std::optional(std::move(checked));
}

void add_clues(RequestFingerprint& fingerprint, const std::optional<FilmClues>& clues) {
  if (clues) {
    fingerprint.add("clues").add(clues->decade ? std::optional<std::int64_t>(*clues->decade) : std::nullopt);
    fingerprint.add(clues->country).add(to_word(clues->colour)).add(clues->language).add(clues->scene);
  }
}

}  // namespace foyer::forum
