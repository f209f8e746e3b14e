#include "server/forum/accounts.hpp"

#include "persistence/sanction_store.hpp"
#include "persistence/user_store.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/password.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/sanctions.hpp"

namespace foyer::forum {
namespace {

using persistence::Database;
using persistence::Transaction;

Error wrong_credentials() { return refused(ErrorCode::wrong_credentials, "Name or password is wrong."); }

Error name_taken() { return refused(ErrorCode::name_taken, "This name belongs to somebody already."); }

Error no_such_member() { return refused(ErrorCode::not_found, "There is no such member."); }

std::string add_session(Transaction& transaction, UserId user) {
  std::string token = random_token();
  persistence::insert_session(transaction, user, sha256(token));
  return token;
}

}  // namespace

Result<Registration> check_registration(const RegisterRequest& request) {
  FieldChecks checks;
  Registration registration;
  registration.name = checks.take(checked_member_name(request.name));
  registration.email = checks.take(checked_email(request.email));
  registration.password = checks.take(checked_password(request.password));
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  return registration;
}

// The address is not looked up: whether it is known here is nobody's business but its owner's.
Result<SignedIn> create_account(Database& database, const Registration& registration,
                                const std::string& password_hash) {
  persistence::NewUser user;
  user.name = registration.name.shown;
  user.name_key = registration.name.key;
  user.email = registration.email;
  user.password_hash = password_hash;
  return database.write([&](Transaction& transaction) -> Result<SignedIn> {
    const auto row = persistence::insert_user(transaction, user);
    if (!row) {
      return name_taken();
    }
    return SignedIn{row->user, add_session(transaction, row->user.id)};
  });
}

// No name holds an "@", so a login is one or the other.
Credentials find_credentials(Database& database, const LoginRequest& request) {
  return database.read([&](Transaction& transaction) -> Credentials {
    if (request.login.find('@') != std::string::npos) {
      const auto email = checked_email(request.login);
      return {email ? persistence::find_user_by_verified_email(transaction, *email) : std::nullopt};
    }
    const std::string key = member_name_key(request.login);
    return {key.empty() ? std::nullopt : persistence::find_user_by_name_key(transaction, key)};
  });
}

Result<UserView> check_credentials(const Credentials& credentials, const std::string& password) {
  const std::string typed = normalized_password(password);
  if (!credentials.user || credentials.user->password_hash.empty()) {
    waste_password_time(typed);
    return wrong_credentials();
  }
  if (!password_matches(credentials.user->password_hash, typed)) {
    return wrong_credentials();
  }
  return credentials.user->user;
}

Result<SignedIn> open_session(Database& database, const UserView& user) {
  return database.write([&](Transaction& transaction) -> Result<SignedIn> {
    const auto sanction = persistence::find_sanction(transaction, user.id);
    if (sanction && sanction->kind == SanctionKind::ban) {
      return refused(ErrorCode::banned, words_of(*sanction));
    }
    return SignedIn{user, add_session(transaction, user.id)};
  });
}

void close_session(Database& database, const std::string& session_token) {
  database.write(
      [&](Transaction& transaction) { return persistence::delete_session(transaction, sha256(session_token)); });
}

Result<ProfileView> read_profile(Transaction& transaction, const std::string& name) {
  const std::string key = member_name_key(name);
  auto profile = key.empty() ? std::nullopt : persistence::find_profile(transaction, key);
  if (!profile) {
    return no_such_member();
  }
  return std::move(*profile);
}

Result<ListView<PostView>> list_posts_of(Transaction& transaction, const std::string& name, const ListRequest& list) {
  const auto profile = read_profile(transaction, name);
  if (!profile) {
    return profile.error();
  }
  std::optional<persistence::UserPostPosition> after;
  if (list.after) {
    const auto position = user_post_position(*list.after);
    if (!position) {
      return position.error();
    }
    after = *position;
  }
  const persistence::UserPostPage page = persistence::list_user_posts(transaction, profile->user.id, after, list.limit);
  ListView<PostView> view;
  for (const persistence::PostRow& row : page.items) {
    view.items.push_back(public_view(row));
  }
  view.next = page.next ? std::optional(to_cursor(*page.next)) : std::nullopt;
  return view;
}

Result<UserView> create_user(Transaction& transaction, const Registration& registration,
                             const std::string& password_hash, Role role) {
  const bool has_email = !registration.email.empty();
  if (has_email && persistence::find_user_by_verified_email(transaction, registration.email)) {
    return refused(ErrorCode::conflict, "This e-mail address belongs to another member.");
  }
  persistence::NewUser user;
  user.name = registration.name.shown;
  user.name_key = registration.name.key;
  user.email = registration.email;
  user.email_verified = has_email;
  user.password_hash = password_hash;
  user.role = role;
  const auto row = persistence::insert_user(transaction, user);
  if (!row) {
    return name_taken();
  }
  return row->user;
}

Result<void> change_role(Transaction& transaction, const std::string& name, Role role) {
  const std::string key = member_name_key(name);
  if (key.empty() || !persistence::set_role(transaction, key, role)) {
    return no_such_member();
  }
  return {};
}

}  // namespace foyer::forum
