// How several stores read a film: as threads and lists name it, and with all that its own row says.
#pragma once

#include <string>
#include <string_view>

#include "persistence/film_store.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {

// Four columns: id, slug, title, year.
FilmLink read_film_link(RowReader& row);

// How many threads the page of a film named f lists.
inline constexpr std::string_view thread_count_of_film = R"(
         (select count(*) from thread_films tf join threads t on t.id = tf.thread_id
          where tf.film_id = f.id and t.kind <> 'comments' and t.post_count > 0 and not t.emptied))";
// `select` and the columns of a summary of a film named f, up to a comma: what the list goes by follows.
std::string film_summary_columns(std::string_view thread_count = thread_count_of_film);
FilmSummary read_film_summary(RowReader& row);

// Thirteen columns of films, from slug to languages in the order of the table, into a view or a record of the film.
template <class Film>
void read_film_columns(RowReader& row, Film& film) {
  film.slug = row.next<std::string>();
  film.title = row.next<std::string>();
  film.original_title = row.next<std::string>();
  film.alternative_titles = row.next<std::vector<std::string>>();
  film.year = row.next<std::optional<int>>();
  film.release_date = row.next<std::string>();  // NULL reads as ""
  film.runtime_minutes = row.next<std::optional<int>>();
  film.synopsis = row.next<std::string>();
  film.synopsis_source = row.next<std::string>();
  film.synopsis_url = row.next<std::string>();
  film.genres = row.next<std::vector<std::string>>();
  film.countries = row.next<std::vector<std::string>>();
  film.languages = row.next<std::vector<std::string>>();
}

}  // namespace foyer::persistence
