// Who asks. A guest has no user. Made by sessions.hpp from a cookie or bearer token, never from client input.
#pragma once

#include <optional>

#include "protocol/views.hpp"

namespace foyer::forum {

struct Actor {
  std::optional<UserView> user;

  bool guest() const { return !user; }
  bool moderator() const { return user && user->role != Role::member; }
  bool is(UserId id) const { return user && user->id == id; }
};

}  // namespace foyer::forum
