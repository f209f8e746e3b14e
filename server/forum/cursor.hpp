// Opaque page positions for ?after=…: base64url of the sort key and id. A position that was not made here is
// refused with the field "after". Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "persistence/film_store.hpp"
#include "persistence/post_store.hpp"
#include "persistence/search_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

std::string to_cursor(const persistence::FilmPosition& position);
std::string to_cursor(const persistence::ThreadPosition& position);
std::string to_cursor(const persistence::UserPostPosition& position);
std::string to_cursor(const persistence::RankPosition& position);
std::string to_cursor(std::int64_t position);

Result<persistence::FilmPosition> film_position(std::string_view cursor);
Result<persistence::ThreadPosition> thread_position(std::string_view cursor);
Result<persistence::UserPostPosition> user_post_position(std::string_view cursor);
Result<persistence::RankPosition> rank_position(std::string_view cursor);
// Nothing for a first page.
Result<std::optional<std::int64_t>> number_position(const std::optional<std::string>& cursor);

// What a list was asked for: limit 1 to 100, default 20.
struct ListRequest {
  std::optional<std::string> after;
  int limit = 20;
};

}  // namespace foyer::forum
