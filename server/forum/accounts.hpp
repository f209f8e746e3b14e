// Register, log in, log out, who am I, roles, access tokens, profiles. Functions that take a Transaction run
// inside a database job; those that hash run on the password worker and are split from them on purpose:
// check_registration → hash_password → create_account.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/database.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/cursor.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {

struct Registration {  // checked input of POST /users
  MemberName name;
  std::string email;
  std::string password;
};
Result<Registration> check_registration(const RegisterRequest& request);

struct SignedIn {
  UserView user;
  std::string session_token;  // for the cookie; stored only as its hash
};
// One transaction: the member and a first session. name_taken when the name is somebody's.
Result<SignedIn> create_account(persistence::Database& database, const Registration& registration,
                                const std::string& password_hash);

// Log-in in three steps: the stored hash (empty when nobody), the check on the password worker, the session.
struct Credentials {
  std::optional<persistence::UserRow> user;
};
Credentials find_credentials(persistence::Database& database, const LoginRequest& request);
// On the password worker. wrong_credentials for unknown names too, in the same time.
Result<UserView> check_credentials(const Credentials& credentials, const std::string& password);
// banned when the member is.
Result<SignedIn> open_session(persistence::Database& database, const UserView& user);

void close_session(persistence::Database& database, const std::string& session_token);

// What a request carries.
struct Proof {
  std::string session_token;  // from the cookie or ""
  std::string bearer_token;   // from Authorization or ""
  // Whom the page that asks takes its viewer for, from Foyer-Member: somebody else may have logged in since.
  std::optional<UserId> member = {};
};
// A guest when the cookie is unknown, expired or its member banned; unauthenticated when a bearer token is unknown or
// the request is made for another member, banned when its owner is. Runs in read() or write(), not in snapshot(): once
// an hour it notes that the session is in use.
Result<Actor> identify(persistence::Transaction& transaction, const Proof& proof);
using Identified = std::function<void(const Result<Actor>& actor)>;
// The same for many, in one statement for sessions and one for tokens; an answer for each proof, in their order.
std::vector<Result<Actor>> identify(persistence::Transaction& transaction, const std::vector<Proof>& proofs);

Result<ProfileView> read_profile(persistence::Transaction& transaction, const std::string& name);
Result<ListView<PostView>> list_posts_of(persistence::Transaction& transaction, const std::string& name,
                                         const ListRequest& list);

Result<TokenView> create_token(persistence::Transaction& transaction, const Actor& actor,
                               const CreateTokenRequest& request);
Result<ListView<TokenView>> list_tokens(persistence::Transaction& transaction, const Actor& actor);
Result<void> delete_token(persistence::Transaction& transaction, const Actor& actor, TokenId token);

// For the command line: `foyer user create` (an e-mail the operator gives counts as verified; an empty password
// makes an account nobody can log in to) and `foyer user role`.
Result<UserView> create_user(persistence::Transaction& transaction, const Registration& registration,
                             const std::string& password_hash, Role role);
Result<void> change_role(persistence::Transaction& transaction, const std::string& name, Role role);

}  // namespace foyer::forum
