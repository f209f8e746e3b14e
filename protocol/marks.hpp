// What a member has marked a film with. Values like those of views.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer {

enum class FilmMark { seen, watchlist };

struct FilmMarks {
  bool seen = false;
  bool watchlist = false;
  friend bool operator==(const FilmMarks&, const FilmMarks&) = default;
};

// Words on the wire and back; an unknown word is an empty optional.
std::string_view to_word(FilmMark mark);
std::optional<FilmMark> film_mark_from_word(std::string_view word);

namespace codec {

std::string encode(const FilmMarks& marks);

}  // namespace codec

}  // namespace foyer
