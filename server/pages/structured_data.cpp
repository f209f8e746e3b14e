#include "server/pages/structured_data.hpp"

#include <ranges>
#include <string>
#include <string_view>

#include "protocol/json_writer.hpp"
#include "protocol/limits.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/external_links.hpp"
#include "server/pages/film_facts.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_named(JsonWriter& writer, std::string_view type, std::string_view name) {
  writer.begin_object();
  writer.field("@type", type);
  writer.field("name", name);
  writer.end_object();
}

void write_people(JsonWriter& writer, const FilmView& film) {
  writer.name("director");
  writer.begin_array();
  for (const auto& member : film.crew) {
    if (member.job == "Director") write_named(writer, "Person", member.name);
  }
  writer.end_array();
  writer.name("actor");
  writer.begin_array();
  for (const auto& member : film.cast | std::views::take(cast_shown)) write_named(writer, "Person", member.name);
  writer.end_array();
}

void write_rating(JsonWriter& writer, const RatingView& rating) {
  if (!rating.average) return;
  writer.name("aggregateRating");
  writer.begin_object();
  writer.field("@type", std::string_view("AggregateRating"));
  writer.field("ratingValue", std::string_view(score_in_words(*rating.average)));
  writer.field("ratingCount", rating.count);
  writer.field("bestRating", limits::highest_score);
  writer.field("worstRating", limits::lowest_score);
  writer.end_object();
}

void write_review(JsonWriter& writer, const PageContext& context, const ReviewView& review) {
  const auto& thread = review.thread;
  writer.begin_object();
  writer.field("@type", std::string_view("Review"));
  writer.field("name", thread.title);
  writer.field("url", context.public_url + address_of(thread));
  writer.field("datePublished", to_rfc3339(thread.created_at));
  if (thread.author) {
    writer.name("author");
    write_named(writer, "Person", thread.author->name);
  }
  if (thread.score) {
    writer.name("reviewRating");
    writer.begin_object();
    writer.field("@type", std::string_view("Rating"));
    writer.field("ratingValue", *thread.score);
    writer.field("bestRating", limits::highest_score);
    writer.field("worstRating", limits::lowest_score);
    writer.end_object();
  }
  if (!thread.contains_spoilers && !review.excerpt.empty()) writer.field("reviewBody", review.excerpt);
  writer.end_object();
}

void write_reviews(JsonWriter& writer, const PageContext& context, const std::vector<ReviewView>& reviews) {
  if (reviews.empty()) return;
  writer.name("review");
  writer.begin_array();
  for (const auto& review : reviews) write_review(writer, context, review);
  writer.end_array();
}

}  // namespace

void write_movie(Html& html, const PageContext& context, const FilmView& film, const std::vector<ReviewView>& reviews) {
  JsonWriter writer(2048);
  writer.begin_object();
  writer.field("@context", std::string_view("https://schema.org"));
  writer.field("@type", std::string_view("Movie"));
  writer.field("name", film.title);
  writer.field("url", context.public_url + address_of(film));
  if (!film.original_title.empty() && film.original_title != film.title) {
    writer.field("alternateName", film.original_title);
  }
  if (!film.release_date.empty()) {
    writer.field("datePublished", film.release_date);
  } else if (film.year) {
    writer.field("datePublished", std::to_string(*film.year));
  }
  if (film.runtime_minutes) writer.field("duration", "PT" + std::to_string(*film.runtime_minutes) + "M");
  writer.field("genre", film.genres);
  writer.field("inLanguage", film.languages);
  if (!film.synopsis.empty()) writer.field("description", film.synopsis);
  write_people(writer, film);
  write_rating(writer, film.rating);
  write_reviews(writer, context, reviews);
  writer.name("sameAs");
  writer.begin_array();
  for (const auto& external : film.external_ids) {
    if (const auto link = external_link(external)) writer.value(std::string_view(link->address));
  }
  writer.end_array();
  writer.end_object();
  html << "<script type=\"application/ld+json\">" << EmbeddedJson(writer.take()) << "</script>\n";
}

}  // namespace foyer::pages
