// Members, films and threads that the tests of this folder stand on.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "persistence/database.hpp"
#include "persistence/film_store.hpp"
#include "persistence/post_store.hpp"
#include "persistence/post_writer.hpp"
#include "persistence/thread_store.hpp"
#include "persistence/user_store.hpp"
#include "tests/support/services.hpp"

namespace foyer::persistence {

using testing::eventually;
using testing::run_sql;
using testing::shared_postgres;
using testing::TestDatabase;

inline UserView add_user(Database& database, const std::string& name, Role role = Role::member) {
  return database
      .write([&](Transaction& transaction) {
        return insert_user(transaction, {.name = name,
                                         .name_key = name,
                                         .email = name + "@example.org",
                                         .email_verified = false,
                                         .password_hash = "hash",
                                         .role = role});
      })
      .value()
      .user;
}

inline FilmRecord film_record(const std::string& title, int year) {
  FilmRecord film;
  film.title = title;
  film.slug = "slug";
  film.search_key = title;
  film.year = year;
  film.external_ids = {{.source = "test", .id = title}};
  return film;
}

inline FilmId add_film(Database& database, const FilmRecord& film) {
  return database.write([&](Transaction& transaction) {
    upsert_films(transaction, {film});
    return find_film_by_external_id(transaction, film.external_ids.front()).value();
  });
}

inline FilmId add_film(Database& database, const std::string& title) {
  return add_film(database, film_record(title, 1957));
}

inline NewPost new_post(ThreadId thread, const UserView& author, const std::string& body) {
  NewPost post;
  post.thread = thread;
  post.author = author;
  post.body = body;
  post.html = "<p>" + body + "</p>";
  return post;
}

inline NewPost keyed_post(ThreadId thread, const UserView& author, const std::string& body, const std::string& key) {
  NewPost post = new_post(thread, author, body);
  post.key = key;
  post.fingerprint = body;
  post.fingerprint.resize(32);
  return post;
}

// A discussion with its first post.
inline ThreadId add_thread(Database& database, const UserView& author, const std::vector<FilmId>& films,
                           const std::string& title = "A discussion", const std::string& body = "First post") {
  return database.write([&](Transaction& transaction) {
    const ThreadId thread = insert_thread(
        transaction,
        {.kind = ThreadKind::discussion, .title = title, .slug = "slug", .author = author.id, .films = films});
    insert_first_post(transaction, new_post(thread, author, body), take_seq(transaction, thread).value());
    return thread;
  });
}

// What a writer answered and published, from its thread to the test's.
class WriterRecord {
 public:
  PostWriter::Publish publish() {
    return [this](News news) {
      const std::lock_guard lock{mutex_};
      news_.push_back(std::move(news));
    };
  }
  PostWriter::Done answer() {
    return [this](Result<Posted> result) {
      const std::lock_guard lock{mutex_};
      results_.push_back(std::move(result));
    };
  }
  std::vector<Result<Posted>> results() const {
    const std::lock_guard lock{mutex_};
    return results_;
  }
  std::vector<News> news() const {
    const std::lock_guard lock{mutex_};
    return news_;
  }
  std::size_t answered() const {
    const std::lock_guard lock{mutex_};
    return results_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Result<Posted>> results_;
  std::vector<News> news_;
};

// Posts and waits for the answer.
inline Result<Posted> post_now(PostWriter& writer, NewPost post) {
  WriterRecord record;
  if (!writer.submit(std::move(post), record.answer())) {
    return refused(ErrorCode::unavailable, "not accepted");
  }
  if (!eventually([&] { return record.answered() == 1; }, std::chrono::seconds(30))) {
    throw std::runtime_error("the writer did not answer");
  }
  return record.results().front();
}

}  // namespace foyer::persistence
