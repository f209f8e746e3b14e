// Names and other text that people write: checking what was checked changes nothing, and a name's key is the same
// however the name is typed.
#include <algorithm>

#include "protocol/limits.hpp"
#include "server/forum/text_rules.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::forum {
namespace {

using fuzz::require;

template <class Check>
void is_stable(std::string_view bytes, const std::string& what, Check check) {
  if (const auto once = check(bytes)) {
    const auto twice = check(*once);
    require(twice && *twice == *once, what + " is stable");
  }
}

void check_name(std::string_view bytes) {
  const auto name = checked_member_name(bytes);
  if (!name) {
    return;
  }
  const auto again = checked_member_name(name->shown);
  require(again && again->shown == name->shown && again->key == name->key, "a name is stable");
  require(!name->key.empty(), "a name has a key");
  require(member_name_key(bytes) == name->key, "the key of a name as typed is the name's");
  require(count_characters(name->shown) <= limits::name_characters, "a name is bounded");
}

FOYER_FUZZ_TARGET(names) {
  check_name(bytes);
  is_stable(bytes, "a body", [](std::string_view text) { return checked_body(text); });
  is_stable(bytes, "a title", [](std::string_view text) { return checked_title(text); });
  is_stable(bytes, "a line", [](std::string_view text) { return checked_line(text, "reason", 500); });
  is_stable(bytes, "an address", [](std::string_view text) { return checked_email(text); });
  is_stable(bytes, "a password", [](std::string_view text) { return checked_password(text); });
  require(normalized_password(normalized_password(bytes)) == normalized_password(bytes), "a password is stable");

  const std::string slug = slug_of(bytes);
  require(!slug.empty() && slug.size() <= 80, "a slug is there and bounded");
  require(slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos, "a slug is plain");
  require(slug_of(slug) == slug, "a slug is stable");
  require(search_key_of(search_key_of(bytes)) == search_key_of(bytes), "a search key is stable");
}

}  // namespace
}  // namespace foyer::forum
