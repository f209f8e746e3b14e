// user create and user role of commands.hpp.
#include <cstdio>
#include <iostream>
#include <string>

#include "persistence/database.hpp"
#include "server/commands.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/password.hpp"

namespace foyer {

int create_user(const Config& config, const UserOptions& options) {
  const auto role = role_from_word(options.role);
  if (!role) {
    return fail("role: must be member, moderator or admin");
  }
  std::string password;
  if (options.password_from_input) {
    std::getline(std::cin, password);
  }
  // Without a password nobody can log in; the check still wants one of the right length.
  const std::string checked = options.password_from_input ? password : forum::random_token();
  const auto registration = forum::check_registration({options.name, options.email, checked});
  if (!registration) {
    return fail(registration.error());
  }
  const std::string hash = options.password_from_input ? forum::hash_password(registration->password) : "";
  persistence::Database database{{config.database_url, 1}};
  const auto user = database.write([&](persistence::Transaction& transaction) {
    return forum::create_user(transaction, *registration, hash, *role);
  });
  if (!user) {
    return fail(user.error());
  }
  std::printf("%s is a %s\n", user->name.c_str(), options.role.c_str());
  return 0;
}

int change_role(const Config& config, const UserOptions& options) {
  const auto role = role_from_word(options.role);
  if (!role) {
    return fail("role: must be member, moderator or admin");
  }
  persistence::Database database{{config.database_url, 1}};
  const auto changed = database.write(
      [&](persistence::Transaction& transaction) { return forum::change_role(transaction, options.name, *role); });
  if (!changed) {
    return fail(changed.error());
  }
  std::printf("%s now has the role %s\n", options.name.c_str(), options.role.c_str());
  return 0;
}

}  // namespace foyer
