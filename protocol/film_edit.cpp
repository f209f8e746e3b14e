#include "protocol/film_edit.hpp"

#include "protocol/json_fields.hpp"
#include "protocol/view_json.hpp"

namespace foyer {

void write(JsonWriter& writer, const FilmChangeView& change) {
  writer.begin_object();
  writer.field("id", change.id);
  writer.field("at", change.at);
  writer.field("member", change.member);
  writer.field("field", change.field);
  writer.field_or_null("old_text", change.old_text);
  writer.field_or_null("new_text", change.new_text);
  writer.end_object();
}

namespace codec {
namespace {

constexpr std::size_t list_bytes = 16'384;

std::optional<std::string> text_of(Fields& fields, std::string_view name) {
  return fields.given(name) ? std::optional(fields.optional_text(name).value_or("")) : std::nullopt;
}

std::optional<FilmNumber> number_of(Fields& fields, std::string_view name) {
  return fields.given(name) ? std::optional(FilmNumber{fields.optional_int(name)}) : std::nullopt;
}

std::optional<std::vector<std::string>> list_of(Fields& fields, std::string_view name) {
  if (!fields.given(name)) {
    return std::nullopt;
  }
  return fields.is_null(name) ? std::vector<std::string>() : fields.texts(name);
}

std::optional<std::vector<GivenCredit>> credits_of(Fields& fields, std::string_view name, std::string_view part) {
  if (!fields.given(name)) {
    return std::nullopt;
  }
  std::vector<GivenCredit> credits;
  if (!fields.is_null(name)) {
    fields.objects(name, [&](Fields& credit) {
      credits.push_back({credit.text("name"), credit.optional_text(part).value_or("")});
      credit.refuse_unknown();
    });
  }
  return credits;
}

}  // namespace

Result<EditFilmRequest> decode_edit_film(std::string_view json) {
  return decode_object<EditFilmRequest>(json, [](Fields& fields) {
    EditFilmRequest request{.title = text_of(fields, "title"),
                            .original_title = text_of(fields, "original_title"),
                            .alternative_titles = list_of(fields, "alternative_titles"),
                            .year = number_of(fields, "year"),
                            .release_date = text_of(fields, "release_date"),
                            .runtime_minutes = number_of(fields, "runtime_minutes"),
                            .synopsis = text_of(fields, "synopsis"),
                            .synopsis_source = text_of(fields, "synopsis_source"),
                            .synopsis_url = text_of(fields, "synopsis_url"),
                            .genres = list_of(fields, "genres"),
                            .countries = list_of(fields, "countries"),
                            .languages = list_of(fields, "languages"),
                            .cast = credits_of(fields, "cast", "character"),
                            .crew = credits_of(fields, "crew", "job")};
    fields.refuse_unknown();
    return request;
  });
}

std::string encode(const ListView<FilmChangeView>& changes) {
  JsonWriter writer(list_bytes);
  writer.begin_object();
  writer.field("items", changes.items);
  writer.field("next", changes.next);
  writer.end_object();
  return writer.take();
}

}  // namespace codec

}  // namespace foyer
