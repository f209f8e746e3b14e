#include "persistence/locks.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

// Two keys with one hash wait for each other, which costs a moment and no more.
constexpr Statement lock_key_of_user{"lock_key",
                                     "select pg_advisory_xact_lock(hashtextextended($2, $1::bigint)) is null"};

constexpr Statement lock_review_of_member{
    "lock_review", "select pg_advisory_xact_lock(hashtextextended('review of ' || $2::bigint, $1::bigint)) is null"};

constexpr Statement lock_thread_row{"lock_thread", "select id from threads where id = $1 for no key update"};

// The key of import_alone in film_import.cpp: many edits at a time, but none while a batch of films is imported.
constexpr Statement lock_out_imports{"lock_out_imports", "select pg_advisory_xact_lock_shared(7308332246) is null"};

constexpr Statement lock_film_row{"lock_film", "select id from films where id = $1 for no key update"};

}  // namespace

void lock_key(Transaction& transaction, UserId user, const std::string& key) {
  execute(transaction, lock_key_of_user, user, key);
}

void lock_review(Transaction& transaction, FilmId film, UserId member) {
  execute(transaction, lock_review_of_member, member, film);
}

bool lock_thread(Transaction& transaction, ThreadId thread) {
  return !execute(transaction, lock_thread_row, thread).empty();
}

bool lock_film(Transaction& transaction, FilmId film) {
  execute(transaction, lock_out_imports);
  return !execute(transaction, lock_film_row, film).empty();
}

}  // namespace foyer::persistence
