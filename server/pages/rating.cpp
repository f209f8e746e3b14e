#include "server/pages/rating.hpp"

#include <algorithm>
#include <cstddef>

#include "protocol/limits.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

// The best score first. Every row is there in any case, so that the client has only numbers to change.
void write_histogram(Html& html, const RatingView& rating) {
  const auto most = std::max<std::int64_t>(1, std::ranges::max(rating.histogram));
  html << "<details class=\"histogram\"";
  html.flag("hidden", rating.count == 0) << "><summary>Who gave what</summary>\n<ol>";
  for (int score = limits::highest_score; score >= limits::lowest_score; --score) {
    const auto given = rating.histogram[static_cast<std::size_t>(score - 1)];
    html << "<li><span>" << score << "</span><meter min=\"0\"";
    html.attribute("max", most).attribute("value", given);
    html << " aria-hidden=\"true\"></meter><span>" << given << "</span></li>";
  }
  html << "</ol></details>\n";
}

}  // namespace

void write_scores(Html& html, std::optional<int> own_score) {
  html << "<span class=\"scores\">";
  for (int score = limits::lowest_score; score <= limits::highest_score; ++score) {
    html << "<input type=\"radio\" name=\"score\" required id=\"score-" << score << "\"";
    html.attribute("value", score).flag("checked", own_score == score)
        << "><label for=\"score-" << score << "\">" << score << "</label>";
  }
  html << "</span>";
}

void write_rating(Html& html, const FilmView& film) {
  const auto& rating = film.rating;
  html << "<live-film class=\"film-rating\" id=\"rating\"";
  html.attribute("data-film", film.id.value) << ">\n<p class=\"rating\"><span class=\"rating-score\">";
  if (rating.average) html << score_in_words(*rating.average);
  html << "</span> <span class=\"meta rating-words\">" << rating_in_words(rating) << "</span></p>\n";
  write_histogram(html, rating);
  html << "</live-film>\n";
}

void write_rating_form(Html& html, const PageContext& context, const FilmView& film, std::optional<int> own_score) {
  if (!context.viewer) {
    html << "<p class=\"rate meta\"><a";
    html.attribute("href", Address(login_address(context.path))) << ">Log in</a> to rate this film.</p>\n";
    return;
  }
  html << "<form class=\"rate\" method=\"post\"";
  html.attribute("action", Address(address_of(film) + "/rating")) << ">\n";
  write_form_key(html, context);
  html << "<fieldset><legend>Your rating <span class=\"hint\">of 10</span></legend>";
  write_scores(html, own_score);
  html << "</fieldset>\n<p class=\"rate-actions\"><button type=\"submit\" class=\"rate-save\">"
       << std::string(own_score ? "Change" : "Rate") << "</button><button type=\"submit\" class=\"plain rate-remove\" "
       << "name=\"withdraw\" value=\"1\" formnovalidate";
  html.flag("hidden", !own_score)
      << ">Remove</button><span class=\"rate-state meta\" role=\"status\"></span></p>\n</form>\n";
}

}  // namespace foyer::pages
