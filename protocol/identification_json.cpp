#include <array>
#include <stdexcept>
#include <utility>

#include "protocol/film_colours.hpp"
#include "protocol/view_json.hpp"

namespace foyer {
namespace {

constexpr std::array<std::pair<FilmColour, std::string_view>, 3> colour_words{
    {{FilmColour::unknown, "unknown"},
     {FilmColour::colour, "colour"},
     {FilmColour::black_and_white, "black_and_white"}}};

}  // namespace

std::string_view to_word(FilmColour colour) {
  for (const auto& [known, word] : colour_words) {
    if (known == colour) {
      return word;
    }
  }
  throw std::logic_error("a colour without a word");
}

std::optional<FilmColour> film_colour_from_word(std::string_view word) {
  for (const auto& [colour, known] : colour_words) {
    if (known == word) {
      return colour;
    }
  }
  return std::nullopt;
}

void write(JsonWriter& writer, const FilmClues& clues) {
  writer.begin_object();
  writer.field("decade", clues.decade);
  writer.field_or_null("country", clues.country);
  writer.field("colour", to_word(clues.colour));
  writer.field_or_null("language", clues.language);
  writer.field_or_null("scene", clues.scene);
  writer.end_object();
}

void write(JsonWriter& writer, const FilmAnswer& answer) {
  writer.begin_object();
  writer.field("post_number", answer.post_number);
  writer.field("film", answer.film);
  writer.end_object();
}

void write(JsonWriter& writer, const FilmProposal& proposal) {
  writer.begin_object();
  writer.field("film", proposal.film);
  writer.field("proposer", proposal.proposer);
  writer.field("at", proposal.at);
  writer.end_object();
}

void write(JsonWriter& writer, const Identification& identification) {
  writer.begin_object();
  writer.field("clues", identification.clues);
  writer.field("answers", identification.answers);
  writer.field("solution", identification.solution);
  writer.field("proposals", identification.proposals);
  writer.end_object();
}

}  // namespace foyer
