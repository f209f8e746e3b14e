// Strong ids: a thread's id cannot be passed where a film's is expected. All ids are positive 64-bit
// integers given out by PostgreSQL; post numbers and event sequence numbers are dense per thread from 1.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace foyer {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
};

using FilmId = Id<struct FilmTag>;
using PersonId = Id<struct PersonTag>;
using ThreadId = Id<struct ThreadTag>;
using PostId = Id<struct PostTag>;
using UserId = Id<struct UserTag>;
using TokenId = Id<struct TokenTag>;
using PostNumber = Id<struct PostNumberTag>;
using Seq = Id<struct SeqTag>;

}  // namespace foyer

template <class Tag>
struct std::hash<foyer::Id<Tag>> {
  std::size_t operator()(const foyer::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
