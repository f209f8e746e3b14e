// What moderators send to change the facts of a film, and what its history tells of it. Values like those of views.hpp;
// whether what was sent makes sense is decided in server/forum.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/result.hpp"
#include "protocol/views.hpp"

namespace foyer {

// The facts that can be changed, in the order in which people see them.
inline constexpr std::array<std::string_view, 14> film_fields{"title",
                                                              "original_title",
                                                              "alternative_titles",
                                                              "year",
                                                              "release_date",
                                                              "runtime_minutes",
                                                              "synopsis",
                                                              "synopsis_source",
                                                              "synopsis_url",
                                                              "genres",
                                                              "countries",
                                                              "languages",
                                                              "cast",
                                                              "crew"};

// One of these facts as text: lists an item a line, cast and crew "Name | Part".
struct FilmFieldText {
  std::string field;
  std::string text;  // "" = unknown
  friend bool operator==(const FilmFieldText&, const FilmFieldText&) = default;
};

struct FilmNumber {
  std::optional<int> value;  // empty: unknown
  friend bool operator==(const FilmNumber&, const FilmNumber&) = default;
};

struct GivenCredit {
  std::string name;
  std::string part;  // the character of cast ("" = unknown), the job of crew
  friend bool operator==(const GivenCredit&, const GivenCredit&) = default;
};

struct EditFilmRequest {  // absent fields stay as they are, empty ones become unknown
  std::optional<std::string> title = {};
  std::optional<std::string> original_title = {};
  std::optional<std::vector<std::string>> alternative_titles = {};
  std::optional<FilmNumber> year = {};
  std::optional<std::string> release_date = {};
  std::optional<FilmNumber> runtime_minutes = {};
  std::optional<std::string> synopsis = {};
  std::optional<std::string> synopsis_source = {};
  std::optional<std::string> synopsis_url = {};
  std::optional<std::vector<std::string>> genres = {};
  std::optional<std::vector<std::string>> countries = {};
  std::optional<std::vector<std::string>> languages = {};
  std::optional<std::vector<GivenCredit>> cast = {};
  std::optional<std::vector<GivenCredit>> crew = {};
  friend bool operator==(const EditFilmRequest&, const EditFilmRequest&) = default;
};

struct FilmChangeView {  // one field of one edit; moderators only
  std::int64_t id = 0;
  Timestamp at;
  UserView member;
  std::string field;     // of film_fields
  std::string old_text;  // "" = unknown
  std::string new_text;
  friend bool operator==(const FilmChangeView&, const FilmChangeView&) = default;
};

namespace codec {

// Fails as the decoders of codec.hpp do; null is what empties a field.
Result<EditFilmRequest> decode_edit_film(std::string_view json);
std::string encode(const ListView<FilmChangeView>& changes);

}  // namespace codec

}  // namespace foyer
