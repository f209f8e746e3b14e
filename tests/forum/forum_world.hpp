// A small forum on real PostgreSQL for tests of use cases: one film, two members, a moderator, and short ways to act
// as them.
#pragma once

#include <future>
#include <string>

#include <gtest/gtest.h>

#include "persistence/database.hpp"
#include "persistence/film_store.hpp"
#include "persistence/post_writer.hpp"
#include "persistence/user_store.hpp"
#include "server/forum/catalogue_import.hpp"
#include "server/forum/catch_up.hpp"
#include "server/forum/moderation.hpp"
#include "server/forum/password.hpp"
#include "server/forum/posts.hpp"
#include "server/forum/text_rules.hpp"
#include "server/forum/threads.hpp"
#include "tests/support/services.hpp"

namespace foyer::forum::samples {

using persistence::Transaction;

class ForumWorld : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { start_cryptography(); }

  void SetUp() override {
    mira = member("mira");
    tomas = member("tomas");
    vera = member("vera", Role::moderator);
    film = add_film(R"({"title":"The Cranes Are Flying","year":1957,"imdb_id":"tt0050634"})");
  }

  Actor member(const std::string& name, Role role = Role::member) {
    persistence::NewUser user;
    user.name = name;
    user.name_key = member_name_key(name);
    user.role = role;
    return database.write(
        [&](Transaction& transaction) { return Actor{persistence::insert_user(transaction, user).value().user}; });
  }

  FilmId add_film(const std::string& line) {
    const auto record = parse_film_line(line).value();
    database.write([&](Transaction& transaction) { return persistence::upsert_films(transaction, {record}); });
    return database
        .read([&](Transaction& transaction) {
          return persistence::find_film_by_external_id(transaction, record.external_ids.at(0));
        })
        .value();
  }

  // Runs a use case that changes something.
  template <class Case, class... Arguments>
  auto act(Case use_case, const Arguments&... arguments) {
    return database.write([&](Transaction& transaction) { return use_case(transaction, arguments...); });
  }

  // Runs one that reads.
  template <class Case, class... Arguments>
  auto look(Case use_case, const Arguments&... arguments) {
    return database.snapshot([&](Transaction& transaction) { return use_case(transaction, arguments...); });
  }

  Result<Changed<ThreadStarted>> start(const Actor& author, const std::string& title = "On endings",
                                       const std::string& key = "", const std::string& body = "First **post**") {
    return act(start_thread, author, StartThreadRequest{{film}, ThreadKind::discussion, title, body}, key);
  }

  Result<Posted> reply(const Actor& author, ThreadId thread, const std::string& body,
                       std::optional<PostNumber> reply_to = std::nullopt) {
    auto prepared = prepare_post(author, thread, PostRequest{body, reply_to, std::nullopt}, "");
    if (!prepared) return prepared.error();
    std::promise<Result<Posted>> done;
    auto answer = done.get_future();
    if (!writer.submit(std::move(*prepared), [&done](Result<Posted> posted) { done.set_value(std::move(posted)); })) {
      return refused(ErrorCode::unavailable, "full");
    }
    return answer.get();
  }

  Result<Changed<PostView>> remove(PostId post, const std::string& reason = "rude") {
    return act(remove_post, vera, post, RemovePostRequest{reason, "", std::nullopt});
  }

  Seq head_of(ThreadId thread) { return look(read_thread, thread).value().last_seq; }

  std::string sql(const std::string& statement) { return foyer::testing::run_sql(place.url(), statement); }

  foyer::testing::TestDatabase place;
  persistence::Database database{{place.url(), 6}};
  persistence::PostWriter writer{database, [](const News&) {}};
  Actor guest, mira, tomas, vera;
  FilmId film;
};

template <class Value>
ErrorCode code_of(const Result<Value>& result) {
  return result ? ErrorCode::internal : result.error().code;
}

template <class Value>
std::string field_of(const Result<Value>& result) {
  return result || result.error().fields.empty() ? "" : result.error().fields[0].field;
}

}  // namespace foyer::forum::samples
