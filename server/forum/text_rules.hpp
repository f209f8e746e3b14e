// Rules for text that people write: normalisation to NFC with trimmed ends and LF line ends, length in code
// points, no control characters but newline and tab, something visible in it. Errors name the field. Also the
// slugs of titles and the folded keys of member names. Pure; ICU stays in the .cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protocol/result.hpp"

namespace foyer::forum {

std::size_t count_characters(std::string_view utf8);

Result<std::string> checked_body(std::string_view text, std::string_view field = "body");
// Several lines, like a body, of another length.
Result<std::string> checked_text(std::string_view text, std::string_view field, std::size_t max_characters);
Result<std::string> checked_title(std::string_view text);
Result<std::string> checked_line(std::string_view text, std::string_view field, std::size_t max_characters);
Result<std::string> checked_email(std::string_view text);
Result<std::string> checked_password(std::string_view text);
// NFC, so that two keyboards type the same password; for comparing at log-in, never refuses.
std::string normalized_password(std::string_view text);
Result<std::string> checked_idempotency_key(std::string_view text);

struct MemberName {
  std::string shown;
  std::string key;  // NFKC case folded, confusables mapped to one skeleton: unique among members
};
// Letters, digits, '_' and '-' of any script (one script per name), 2 to 30; reserved names are refused.
Result<MemberName> checked_member_name(std::string_view text);
// The key of a name as typed at login or in an address; "" when it can be nobody's.
std::string member_name_key(std::string_view text);

// "The Cranes Are Flying" → "the-cranes-are-flying"; latin letters and digits, at most 80 bytes, never empty.
std::string slug_of(std::string_view title);
// Lower case without diacritics, words separated by one space; for look-ups of titles and people.
std::string search_key_of(std::string_view text);

}  // namespace foyer::forum
