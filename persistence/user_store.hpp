// Members, their cookie sessions and personal access tokens. Secrets are stored as SHA-256 hashes (32 raw
// bytes, passed here as such), never as they are. Calls block; they throw what errors.hpp says.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"

namespace foyer::persistence {

struct NewUser {
  std::string name;      // as shown
  std::string name_key;  // folded; unique
  std::string email;
  bool email_verified = false;
  std::string password_hash;
  Role role = Role::member;
};

// Empty when the name_key is taken (the transaction stays usable).
std::optional<UserRow> insert_user(Transaction& transaction, const NewUser& user);
std::optional<UserRow> find_user_by_name_key(Transaction& transaction, const std::string& name_key);
std::optional<UserRow> find_user_by_verified_email(Transaction& transaction, const std::string& email);
std::optional<ProfileView> find_profile(Transaction& transaction, const std::string& name_key);
bool set_role(Transaction& transaction, const std::string& name_key, Role role);

// Ends the oldest sessions above limits::sessions_per_user.
void insert_session(Transaction& transaction, UserId user, const std::string& token_hash);
// By token_hash; those that are unknown or over their idle or absolute life are left out. Read only.
std::map<std::string, SessionRow> find_sessions(Transaction& transaction, const std::vector<std::string>& token_hashes);
// Notes the use of sessions; writes at most once an hour per session.
void touch_sessions(Transaction& transaction, const std::vector<std::string>& token_hashes);
bool delete_session(Transaction& transaction, const std::string& token_hash);
void delete_sessions_of(Transaction& transaction, UserId user);
// Sessions, idempotency keys, sanctions and noted changes of access over their life. Returns how many rows went.
int delete_expired(Transaction& transaction);

// Empty when the user already has limits::tokens_per_user.
std::optional<TokenView> insert_token(Transaction& transaction, UserId user, const std::string& name,
                                      const std::vector<std::string>& scopes, const std::string& token_hash);
std::vector<TokenView> list_tokens(Transaction& transaction, UserId user);
bool delete_token(Transaction& transaction, UserId user, TokenId token);
struct TokenOwner {
  UserView user;
  std::optional<SanctionRow> sanction;  // the heaviest in force
  std::vector<std::string> scopes;
};
// By token_hash; unknown ones are left out.
std::map<std::string, TokenOwner> find_tokens(Transaction& transaction, const std::vector<std::string>& token_hashes);

}  // namespace foyer::persistence
