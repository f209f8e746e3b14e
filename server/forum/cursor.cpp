#include "server/forum/cursor.hpp"

#include <charconv>

#include <sodium.h>

#include "server/forum/icu_text.hpp"

namespace foyer::forum {
namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t cursor_bytes = 2'000;
constexpr std::int64_t last_millisecond = 253'402'300'799'999;  // of the year 9999

// "t1792334:42": the kind of list, the numbers, and for films the sort key behind the last colon.
std::string encoded(const std::string& text) {
  std::string cursor(sodium_base64_encoded_len(text.size(), variant), '\0');
  sodium_bin2base64(cursor.data(), cursor.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                    variant);
  cursor.pop_back();  // libsodium's terminating NUL
  return cursor;
}

std::optional<std::string> decoded(std::string_view cursor, char kind) {
  if (cursor.empty() || cursor.size() > cursor_bytes) {
    return std::nullopt;
  }
  std::string text(cursor.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(text.data()), text.size(), cursor.data(), cursor.size(),
                        nullptr, &length, nullptr, variant) != 0) {
    return std::nullopt;
  }
  text.resize(length);
  if (text.empty() || text.front() != kind) {
    return std::nullopt;
  }
  text.erase(0, 1);
  return text;
}

std::optional<std::int64_t> number(std::string_view text, std::int64_t least) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least) {
    return std::nullopt;
  }
  return value;
}

struct Instant {
  Timestamp at;
  std::int64_t id = 0;
};

std::optional<Instant> instant(std::string_view cursor, char kind) {
  const auto text = decoded(cursor, kind);
  const std::size_t colon = text ? text->find(':') : std::string::npos;
  if (colon == std::string::npos) {
    return std::nullopt;
  }
  const auto at = number(std::string_view(*text).substr(0, colon), 0);
  const auto id = number(std::string_view(*text).substr(colon + 1), 1);
  if (!at || !id || *at > last_millisecond) {
    return std::nullopt;
  }
  return Instant{Timestamp(std::chrono::milliseconds(*at)), *id};
}

std::string instant_text(char kind, Timestamp at, std::int64_t id) {
  return kind + std::to_string(at.time_since_epoch().count()) + ":" + std::to_string(id);
}

Error strange_cursor() { return invalid_field("after", "out_of_range", "Must be the \"next\" of the page before."); }

}  // namespace

std::string to_cursor(const persistence::FilmPosition& position) {
  return encoded("f" + std::to_string(position.id.value) + ":" + position.key);
}

std::string to_cursor(const persistence::ThreadPosition& position) {
  return encoded(instant_text('t', position.at, position.id.value));
}

std::string to_cursor(const persistence::UserPostPosition& position) {
  return encoded(instant_text('u', position.at, position.id.value));
}

std::string to_cursor(const persistence::RankPosition& position) {
  return encoded("r" + std::to_string(position.rank) + ":" + std::to_string(position.id));
}

std::string to_cursor(std::int64_t position) { return encoded("n" + std::to_string(position)); }

Result<persistence::FilmPosition> film_position(std::string_view cursor) {
  const auto text = decoded(cursor, 'f');
  const std::size_t colon = text ? text->find(':') : std::string::npos;
  const auto id = colon != std::string::npos ? number(std::string_view(*text).substr(0, colon), 1) : std::nullopt;
  if (!id) {
    return strange_cursor();
  }
  std::string key = text->substr(colon + 1);
  if (key.find('\0') != std::string::npos || !from_utf8(key)) {
    return strange_cursor();
  }
  return persistence::FilmPosition{std::move(key), FilmId{*id}};
}

Result<persistence::ThreadPosition> thread_position(std::string_view cursor) {
  const auto found = instant(cursor, 't');
  if (!found) {
    return strange_cursor();
  }
  return persistence::ThreadPosition{found->at, ThreadId{found->id}};
}

Result<persistence::UserPostPosition> user_post_position(std::string_view cursor) {
  const auto found = instant(cursor, 'u');
  if (!found) {
    return strange_cursor();
  }
  return persistence::UserPostPosition{found->at, PostId{found->id}};
}

Result<persistence::RankPosition> rank_position(std::string_view cursor) {
  const auto text = decoded(cursor, 'r');
  const std::size_t colon = text ? text->find(':') : std::string::npos;
  if (colon == std::string::npos) {
    return strange_cursor();
  }
  const auto rank = number(std::string_view(*text).substr(0, colon), 0);
  const auto id = number(std::string_view(*text).substr(colon + 1), 1);
  if (!rank || !id) {
    return strange_cursor();
  }
  return persistence::RankPosition{.rank = *rank, .id = *id};
}

Result<std::optional<std::int64_t>> number_position(const std::optional<std::string>& cursor) {
  if (!cursor) {
    return std::optional<std::int64_t>();
  }
  const auto text = decoded(*cursor, 'n');
  const auto value = text ? number(*text, 1) : std::nullopt;
  if (!value) {
    return strange_cursor();
  }
  return value;
}

}  // namespace foyer::forum
