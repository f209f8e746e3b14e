#include "server/forum/marks.hpp"

#include "persistence/film_store.hpp"
#include "persistence/mark_store.hpp"
#include "server/forum/films.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

Result<FilmMark> checked_mark(Transaction& transaction, const Actor& actor, FilmId film, const std::string& name) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto mark = film_mark_from_word(name);
  if (!mark) {
    return invalid_field("name", "out_of_range", "Must be seen or watchlist.");
  }
  if (!persistence::find_film_link(transaction, film)) {
    return no_such_film();
  }
  return *mark;
}

}  // namespace

Result<FilmMarks> mark_film(Transaction& transaction, const Actor& actor, FilmId film, const std::string& name) {
  const auto mark = checked_mark(transaction, actor, film, name);
  if (!mark) {
    return mark.error();
  }
  persistence::put_mark(transaction, film, actor.user->id, *mark);
  return persistence::find_marks(transaction, film, actor.user->id);
}

Result<FilmMarks> unmark_film(Transaction& transaction, const Actor& actor, FilmId film, const std::string& name) {
  const auto mark = checked_mark(transaction, actor, film, name);
  if (!mark) {
    return mark.error();
  }
  persistence::delete_mark(transaction, film, actor.user->id, *mark);
  return persistence::find_marks(transaction, film, actor.user->id);
}

FilmMarks read_own_marks(Transaction& transaction, const Actor& actor, FilmId film) {
  return actor.guest() ? FilmMarks{} : persistence::find_marks(transaction, film, actor.user->id);
}

}  // namespace foyer::forum
