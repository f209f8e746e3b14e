// identify and the access tokens of accounts.hpp.
#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include "persistence/event_store.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/password.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/sanctions.hpp"

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

// A silenced member may do what a token that only reads may do.
Actor present(UserView user, Reach reach, const std::optional<persistence::SanctionRow>& sanction) {
  if (sanction) {
    return Actor{std::move(user), Reach::reading, words_of(*sanction)};
  }
  return Actor{std::move(user), reach};
}

bool banned(const std::optional<persistence::SanctionRow>& sanction) {
  return sanction && sanction->kind == SanctionKind::ban;
}

Result<Actor> token_owner(const std::map<std::string, persistence::TokenOwner>& owners, const std::string& hash) {
  const auto found = owners.find(hash);
  if (found == owners.end()) {
    return refused(ErrorCode::unauthenticated, "The token is unknown.");
  }
  const persistence::TokenOwner& owner = found->second;
  if (banned(owner.sanction)) {
    return refused(ErrorCode::banned, words_of(*owner.sanction));
  }
  return present(owner.user, reach_of(owner.scopes), owner.sanction);
}

Actor session_owner(const std::map<std::string, persistence::SessionRow>& sessions, const std::string& hash) {
  const auto found = sessions.find(hash);
  if (found == sessions.end() || banned(found->second.sanction)) {
    return Actor{};
  }
  return present(found->second.user, Reach::moderating, found->second.sanction);
}

// Nobody writes under the name of who logged in after them in the same browser.
Result<Actor> made_for(std::optional<UserId> member, Result<Actor> actor) {
  if (member && actor && !actor->is(*member)) {
    return refused(ErrorCode::unauthenticated, "You are not logged in any more as the member whose page this is.");
  }
  return actor;
}

// The node's clock only decides whether it is worth asking; touch_sessions decides by the database's.
void note_use(Transaction& transaction, const std::map<std::string, persistence::SessionRow>& sessions) {
  std::vector<std::string> used;
  for (const auto& [hash, session] : sessions) {
    if (std::chrono::system_clock::now() - session.last_seen_at > std::chrono::hours(1)) {
      used.push_back(hash);
    }
  }
  if (!used.empty()) {
    persistence::touch_sessions(transaction, used);
  }
}

}  // namespace

// A client that sends both means the token: a cookie goes along by itself.
std::vector<Result<Actor>> identify(Transaction& transaction, const std::vector<Proof>& proofs) {
  std::vector<std::string> hashes;
  std::vector<std::string> of_tokens;
  std::vector<std::string> of_sessions;
  for (const Proof& proof : proofs) {
    const bool by_token = !proof.bearer_token.empty();
    hashes.push_back(sha256(by_token ? proof.bearer_token : proof.session_token));
    if (by_token) {
      of_tokens.push_back(hashes.back());
    } else if (!proof.session_token.empty()) {
      of_sessions.push_back(hashes.back());
    }
  }
  std::map<std::string, persistence::TokenOwner> owners;
  std::map<std::string, persistence::SessionRow> sessions;
  if (!of_tokens.empty()) {
    owners = persistence::find_tokens(transaction, of_tokens);
  }
  if (!of_sessions.empty()) {
    sessions = persistence::find_sessions(transaction, of_sessions);
    note_use(transaction, sessions);
  }
  std::vector<Result<Actor>> actors;
  for (std::size_t place = 0; place < proofs.size(); ++place) {
    const bool by_token = !proofs[place].bearer_token.empty();
    actors.push_back(made_for(proofs[place].member, by_token ? token_owner(owners, hashes[place])
                                                             : Result<Actor>(session_owner(sessions, hashes[place]))));
  }
  return actors;
}

Result<Actor> identify(Transaction& transaction, const Proof& proof) {
  return std::move(identify(transaction, std::vector{proof}).front());
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
