// Who asks. A guest has no user. Made by identify() in accounts.hpp from a cookie or bearer token, never from
// client input. A token may carry less than its owner's rights.
#pragma once

#include <optional>
#include <string>

#include "protocol/views.hpp"

namespace foyer::forum {

// What the proof of identity is good for; a cookie is good for everything its member may do.
enum class Reach { reading, writing, moderating };

struct Actor {
  std::optional<UserView> user;
  Reach reach = Reach::moderating;
  std::string silence = {};  // why a silenced member, whose reach is reading, may not write; "" = is not silenced

  bool guest() const { return !user; }
  bool moderator() const { return user && user->role != Role::member && reach == Reach::moderating; }
  bool is(UserId id) const { return user && user->id == id; }
};

}  // namespace foyer::forum
