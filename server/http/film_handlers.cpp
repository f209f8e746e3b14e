// /api/v1/films and /people.
#include "protocol/codec.hpp"
#include "protocol/film_edit.hpp"
#include "server/forum/film_edit.hpp"
#include "server/forum/films.hpp"
#include "server/forum/ratings.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"
#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

constexpr std::int64_t first_decade = 1000;
constexpr std::int64_t last_decade = 9990;

Result<persistence::Discussed> discussed_of(const std::string& word) {
  if (word.empty() || word == "0") {
    return persistence::Discussed::any;
  }
  if (word == "1" || word == "now") {
    return word == "1" ? persistence::Discussed::ever : persistence::Discussed::now;
  }
  return invalid_field("discussed", "out_of_range", "Must be 0, 1 or now.");
}

Result<std::string> get_films(const Call& call) {
  QueryFields query(call.query);
  forum::FilmQuery wanted;
  wanted.text = query.text("q");
  if (const auto decade = query.integer("decade", first_decade, last_decade)) {
    wanted.decade = static_cast<int>(*decade);
  }
  wanted.genre = query.text("genre");
  wanted.country = query.text("country");
  wanted.language = query.text("language");
  const std::string discussed = query.text("discussed");
  wanted.person = query.id<PersonId>("person");
  wanted.sort = query.text("sort");
  const forum::ListRequest list = query.list();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto asked = discussed_of(discussed);
  if (!asked) {
    return asked.error();
  }
  wanted.discussed = *asked;
  const auto films = call.services.database.read(
      [&](Transaction& transaction) { return forum::list_films(transaction, wanted, list); });
  return films ? Result<std::string>(codec::encode(*films)) : films.error();
}

Result<std::string> get_film(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto film = call.services.database.snapshot(
      [&](Transaction& transaction) { return forum::read_film(transaction, call.id<FilmId>()); });
  return film ? Result<std::string>(codec::encode(*film)) : film.error();
}

Result<Written> patch_film(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<EditFilmRequest> request = codec::decode_edit_film(*json);
  if (!request) {
    return request.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const forum::Actor& actor) {
    return forum::edit_film(transaction, actor, call.id<FilmId>(), *request);
  }));
}

Result<std::string> get_film_history(const Call& call) {
  QueryFields query(call.query);
  const forum::ListRequest list = query.list();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto changes = read_as_caller(call, [&](Transaction& transaction, const forum::Actor& actor) {
    return forum::read_film_history(transaction, actor, call.id<FilmId>(), list);
  });
  return changes ? Result<std::string>(codec::encode(*changes)) : changes.error();
}

Result<std::string> get_film_threads(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  auto threads = call.services.database.snapshot(
      [&](Transaction& transaction) { return forum::read_film_threads(transaction, call.id<FilmId>()); });
  if (!threads) {
    return threads.error();
  }
  call.services.complete_related(call.id<FilmId>(), *threads);
  return codec::encode_film_threads(threads->linked, threads->related);
}

Result<std::string> get_own_rating(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto rating = read_as_caller(call, [&](Transaction& transaction, const forum::Actor& actor) {
    return forum::read_own_rating(transaction, actor, call.id<FilmId>());
  });
  return rating ? Result<std::string>(codec::encode(*rating)) : rating.error();
}

Result<Written> put_rating(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<RateRequest> request = codec::decode_rate(*json);
  if (!request) {
    return request.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const forum::Actor& actor) {
    return forum::rate_film(transaction, actor, call.id<FilmId>(), *request);
  }));
}

Result<Written> delete_rating(const Call& call) {
  const Result<void> empty = no_fields(call.request);
  if (!empty) {
    return empty.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const forum::Actor& actor) {
    return forum::withdraw_rating(transaction, actor, call.id<FilmId>());
  }));
}

Result<std::string> get_person(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto person = call.services.database.snapshot(
      [&](Transaction& transaction) { return forum::read_person(transaction, call.id<PersonId>()); });
  return person ? Result<std::string>(codec::encode(*person)) : person.error();
}

}  // namespace

std::vector<Route> film_routes() {
  constexpr auto programs = Audience::programs;
  return {{Method::get, "/api/v1/films", programs, &get_films},
          {Method::get, "/api/v1/films/{id}", programs, &get_film},
          {Method::patch, "/api/v1/films/{id}", programs, &patch_film},
          {Method::get, "/api/v1/films/{id}/history", programs, &get_film_history},
          {Method::get, "/api/v1/films/{id}/threads", programs, &get_film_threads},
          {Method::get, "/api/v1/films/{id}/rating", programs, &get_own_rating},
          {Method::put, "/api/v1/films/{id}/rating", programs, &put_rating},
          {Method::remove, "/api/v1/films/{id}/rating", programs, &delete_rating},
          {Method::get, "/api/v1/people/{id}", programs, &get_person}};
}

}  // namespace foyer::http
