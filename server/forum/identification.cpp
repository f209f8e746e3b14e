// identify and the access tokens of accounts.hpp.
#include <algorithm>
#include <array>
#include <chrono>

#include "persistence/event_store.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/password.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

struct ScopeWord {
  std::string_view word;
  Reach reach;
};
constexpr std::array scopes{ScopeWord{"read", Reach::reading}, ScopeWord{"write", Reach::writing},
                            ScopeWord{"moderate", Reach::moderating}};

// The widest scope holds: who may moderate may write, who may write may read.
Reach reach_of(const std::vector<std::string>& words) {
  Reach reach = Reach::reading;
  for (const ScopeWord& scope : scopes) {
    if (std::find(words.begin(), words.end(), scope.word) != words.end()) {
      reach = std::max(reach, scope.reach);
    }
  }
  return reach;
}

Result<std::vector<std::string>> checked_scopes(const std::vector<std::string>& words) {
  std::vector<std::string> given;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const bool known =
        std::any_of(scopes.begin(), scopes.end(), [&](const ScopeWord& scope) { return scope.word == words[index]; });
    if (!known) {
      return invalid_field("scopes[" + std::to_string(index) + "]", "out_of_range", "Must be read, write or moderate.");
    }
    if (std::find(given.begin(), given.end(), words[index]) == given.end()) {
      given.push_back(words[index]);
    }
  }
  if (given.empty()) {
    return invalid_field("scopes", "required", "Must name at least one of read, write and moderate.");
  }
  return given;
}

Result<Actor> identify_by_token(Transaction& transaction, const std::string& bearer_token) {
  auto owner = persistence::find_token(transaction, sha256(bearer_token));
  if (!owner) {
    return refused(ErrorCode::unauthenticated, "The token is unknown.");
  }
  return Actor{std::move(owner->user), reach_of(owner->scopes)};
}

}  // namespace

Result<Actor> identify(Transaction& transaction, const Proof& proof) {
  // A client that sends both means the token: a cookie goes along by itself.
  if (!proof.bearer_token.empty()) {
    return identify_by_token(transaction, proof.bearer_token);
  }
  if (proof.session_token.empty()) {
    return Actor{};
  }
  const std::string hash = sha256(proof.session_token);
  auto session = persistence::find_session(transaction, hash);
  if (!session) {
    return Actor{};
  }
  // The node's clock only decides whether it is worth asking; touch_session decides by the database's.
  if (std::chrono::system_clock::now() - session->last_seen_at > std::chrono::hours(1)) {
    persistence::touch_session(transaction, hash);
  }
  return Actor{std::move(session->user), Reach::moderating};
}

Result<TokenView> create_token(Transaction& transaction, const Actor& actor, const CreateTokenRequest& request) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  FieldChecks checks;
  const std::string name = checks.take(checked_line(request.name, "name", limits::token_name_characters));
  const std::vector<std::string> granted = checks.take(checked_scopes(request.scopes));
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  if (reach_of(granted) > actor.reach) {
    return refused(ErrorCode::forbidden, "A token cannot make one that may do more.");
  }
  const std::string secret = random_token();
  auto token = persistence::insert_token(transaction, actor.user->id, name, granted, sha256(secret));
  if (!token) {
    return refused(ErrorCode::conflict,
                   "There are " + std::to_string(limits::tokens_per_user) + " tokens already; delete one first.");
  }
  token->secret = secret;
  return std::move(*token);
}

Result<ListView<TokenView>> list_tokens(Transaction& transaction, const Actor& actor) {
  if (actor.guest()) {
    return refused(ErrorCode::unauthenticated, "Log in first.");
  }
  return ListView<TokenView>{persistence::list_tokens(transaction, actor.user->id), std::nullopt};
}

Result<void> delete_token(Transaction& transaction, const Actor& actor, TokenId token) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed;
  }
  if (!persistence::delete_token(transaction, actor.user->id, token)) {
    return refused(ErrorCode::not_found, "There is no such token.");
  }
  return {};
}

}  // namespace foyer::forum
