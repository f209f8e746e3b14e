// Names of members: which are allowed, and which count as the same.
#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include <unicode/uchar.h>
#include <unicode/uspoof.h>

#include "protocol/limits.hpp"
#include "server/forum/icu_text.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

struct CloseSpoofChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
using SpoofChecker = std::unique_ptr<USpoofChecker, CloseSpoofChecker>;

SpoofChecker make_spoof_checker() {
  UErrorCode status = U_ZERO_ERROR;
  SpoofChecker checker(uspoof_open(&status));
  if (U_SUCCESS(status)) {
    uspoof_setRestrictionLevel(checker.get(), USPOOF_SINGLE_SCRIPT_RESTRICTIVE);
    uspoof_setChecks(checker.get(), USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS, &status);
  }
  if (U_FAILURE(status)) {
    throw std::runtime_error("ICU has no data on confusable characters");
  }
  return checker;
}

// Configured once and only read afterwards, which ICU allows from many threads.
const USpoofChecker* spoof_checker() {
  static const SpoofChecker checker = make_spoof_checker();
  return checker.get();
}

bool is_one_script(const icu::UnicodeString& name) {
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t failed = uspoof_check2(spoof_checker(), name.getBuffer(), name.length(), nullptr, &status);
  return U_SUCCESS(status) && failed == 0;
}

icu::UnicodeString skeleton(const icu::UnicodeString& name) {
  // A confusable maps to at most a few dozen units; ICU says how many when the first guess is too small.
  icu::UnicodeString result;
  std::int32_t capacity = name.length() * 4 + 16;
  for (int attempt = 0; attempt < 2; ++attempt) {
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = uspoof_getSkeleton(spoof_checker(), 0, name.getBuffer(), name.length(),
                                                   result.getBuffer(capacity), capacity, &status);
    result.releaseBuffer(status == U_BUFFER_OVERFLOW_ERROR ? 0 : length);
    if (status != U_BUFFER_OVERFLOW_ERROR) {
      return U_SUCCESS(status) ? result : name;
    }
    capacity = length;
  }
  return name;
}

bool is_mark(UChar32 character) { return (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0; }

bool is_name_character(UChar32 character) {
  return u_isalpha(character) || u_isdigit(character) || is_mark(character) || character == '_' || character == '-';
}

// Ignorable letters (Hangul fillers and the like) are letters to ICU but show nothing.
bool is_made_of_name_characters(const icu::UnicodeString& name) {
  int marks = 0;
  for (std::int32_t at = 0; at < name.length(); at = name.moveIndex32(at, 1)) {
    const UChar32 character = name.char32At(at);
    marks = is_mark(character) ? marks + 1 : 0;
    const bool first_is_bare = at > 0 || u_isalpha(character) || u_isdigit(character);
    if (!is_name_character(character) || !first_is_bare || marks > 2 ||
        u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      return false;
    }
  }
  return !name.isEmpty();
}

// Case is folded on both sides of the skeleton: it maps some small letters and digits to capitals ("0" to "O").
icu::UnicodeString key_of(const icu::UnicodeString& name) { return case_folded(skeleton(case_folded(name))); }

icu::UnicodeString without_separators(icu::UnicodeString key) {
  key.findAndReplace(icu::UnicodeString("_"), icu::UnicodeString());
  key.findAndReplace(icu::UnicodeString("-"), icu::UnicodeString());
  return key;
}

// Names that would let somebody speak for the house, or that addresses of the site use.
bool is_reserved(const icu::UnicodeString& key) {
  constexpr std::array names{"admin",     "administrator", "moderator", "moderators", "foyer",     "foyerteam", "staff",
                             "official",  "system",        "support",   "root",       "deleted",   "removed",   "guest",
                             "anonymous", "everyone",      "nobody",    "null",       "undefined", "me",        "api",
                             "security",  "postmaster",    "webmaster"};
  const icu::UnicodeString bare = without_separators(key);
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return key_of(icu::UnicodeString(name)) == bare; });
}

constexpr std::size_t name_bytes_typed = limits::name_characters * 4 * 2;  // decomposed input may be longer

Error wrong_name(std::string_view code, std::string message) {
  return invalid_field("name", std::string(code), std::move(message));
}

}  // namespace

Result<MemberName> checked_member_name(std::string_view text) {
  const Error too_long =
      wrong_name("too_long", "Must have at most " + std::to_string(limits::name_characters) + " characters.");
  if (text.size() > name_bytes_typed) {  // even by spaces alone: member_name_key() has the same bound
    return too_long;
  }
  const auto decoded = from_utf8(text);
  if (!decoded) {
    return wrong_name("invalid_text", "Must be text in UTF-8.");
  }
  const icu::UnicodeString name = trimmed(to_nfc(*decoded));
  const auto length = static_cast<std::size_t>(name.countChar32());
  if (length == 0) {
    return wrong_name("required", "Must not be empty.");
  }
  if (length < limits::name_characters_min) {
    return wrong_name("too_short",
                      "Must have at least " + std::to_string(limits::name_characters_min) + " characters.");
  }
  if (length > limits::name_characters) {
    return too_long;
  }
  if (!is_made_of_name_characters(name)) {
    return wrong_name("invalid_text", "Must consist of letters, digits, \"_\" and \"-\", a letter or digit first.");
  }
  if (!is_one_script(name)) {
    return wrong_name("mixed_scripts", "Must not mix letters of several scripts.");
  }
  const icu::UnicodeString key = key_of(name);
  if (key.isEmpty() || is_reserved(key)) {
    return wrong_name("reserved", "This name is reserved.");
  }
  return MemberName{to_utf8(name), to_utf8(key)};
}

std::string member_name_key(std::string_view text) {
  const auto decoded = text.size() <= name_bytes_typed ? from_utf8(text) : std::nullopt;
  if (!decoded) {
    return "";
  }
  const icu::UnicodeString name = trimmed(to_nfc(*decoded));
  return is_made_of_name_characters(name) ? to_utf8(key_of(name)) : "";
}

}  // namespace foyer::forum
