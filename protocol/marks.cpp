#include "protocol/marks.hpp"

#include "protocol/json_writer.hpp"

namespace foyer {

std::string_view to_word(FilmMark mark) { return mark == FilmMark::seen ? "seen" : "watchlist"; }

std::optional<FilmMark> film_mark_from_word(std::string_view word) {
  for (const FilmMark mark : {FilmMark::seen, FilmMark::watchlist}) {
    if (word == to_word(mark)) {
      return mark;
    }
  }
  return std::nullopt;
}

std::string codec::encode(const FilmMarks& marks) {
  JsonWriter writer(64);
  writer.begin_object();
  writer.field("seen", marks.seen);
  writer.field("watchlist", marks.watchlist);
  writer.end_object();
  return writer.take();
}

}  // namespace foyer
