#include "protocol/view_json.hpp"

namespace foyer {

void write(JsonWriter& writer, const CastMember& member) {
  writer.begin_object();
  writer.field("id", member.id);
  writer.field("name", member.name);
  writer.field_or_null("character", member.character);
  writer.end_object();
}

void write(JsonWriter& writer, const CrewMember& member) {
  writer.begin_object();
  writer.field("id", member.id);
  writer.field("name", member.name);
  writer.field("job", member.job);
  writer.end_object();
}

void write(JsonWriter& writer, const ExternalId& external) {
  writer.begin_object();
  writer.field("source", external.source);
  writer.field("id", external.id);
  writer.end_object();
}

void write(JsonWriter& writer, const RatingView& rating) {
  writer.begin_object();
  writer.field("average", rating.average);
  writer.field("count", rating.count);
  writer.field("histogram", rating.histogram);
  writer.end_object();
}

void write(JsonWriter& writer, const OwnRatingView& rating) {
  writer.begin_object();
  writer.field("score", rating.score);
  writer.field("rating", rating.rating);
  writer.end_object();
}

void write(JsonWriter& writer, const FilmView& film) {
  writer.begin_object();
  writer.field("id", film.id);
  writer.field("slug", film.slug);
  writer.field("title", film.title);
  writer.field_or_null("original_title", film.original_title);
  writer.field("alternative_titles", film.alternative_titles);
  writer.field("year", film.year);
  writer.field_or_null("release_date", film.release_date);
  writer.field("runtime_minutes", film.runtime_minutes);
  writer.field_or_null("synopsis", film.synopsis);
  writer.field_or_null("synopsis_source", film.synopsis_source);
  writer.field_or_null("synopsis_url", film.synopsis_url);
  writer.field("genres", film.genres);
  writer.field("countries", film.countries);
  writer.field("languages", film.languages);
  writer.field("cast", film.cast);
  writer.field("crew", film.crew);
  writer.field("external_ids", film.external_ids);
  writer.field("rating", film.rating);
  writer.end_object();
}

void write(JsonWriter& writer, const FilmSummary& film) {
  writer.begin_object();
  writer.field("id", film.id);
  writer.field("slug", film.slug);
  writer.field("title", film.title);
  writer.field("year", film.year);
  writer.field_or_null("director", film.director);
  writer.field("countries", film.countries);
  writer.field("thread_count", film.thread_count);
  writer.field("rating_average", film.rating_average);
  writer.field("rating_count", film.rating_count);
  writer.end_object();
}

void write(JsonWriter& writer, const FilmLink& film) {
  writer.begin_object();
  writer.field("id", film.id);
  writer.field("slug", film.slug);
  writer.field("title", film.title);
  writer.field("year", film.year);
  writer.end_object();
}

void write(JsonWriter& writer, const PersonView::Credit& credit) {
  writer.begin_object();
  writer.field("film", credit.film);
  writer.field("job", credit.job);
  writer.field_or_null("character", credit.character);
  writer.end_object();
}

void write(JsonWriter& writer, const PersonView& person) {
  writer.begin_object();
  writer.field("id", person.id);
  writer.field("slug", person.slug);
  writer.field("name", person.name);
  writer.field("variants", person.variants);
  writer.field("filmography", person.filmography);
  writer.end_object();
}

}  // namespace foyer
