#include "server/forum/text_rules.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include <unicode/uchar.h>

#include "protocol/limits.hpp"
#include "server/forum/icu_text.hpp"

namespace foyer::forum {
namespace {

enum class Lines { one, many };

struct Shape {
  std::string_view field;
  Lines lines = Lines::one;
  std::size_t least = 1;
  std::size_t most = 0;
};

Error wrong(std::string_view field, std::string_view code, std::string message) {
  return invalid_field(std::string(field), std::string(code), std::move(message));
}

// Overrides and isolates reorder what stands around them when they are not closed; in one-line texts they serve
// only to deceive. Marks (U+200E, U+200F) stay: right-to-left writing needs them.
bool reorders_neighbours(UChar32 character) {
  return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

bool ends_line(UChar32 character) {
  return character == '\n' || character == '\t' || character == 0x2028 || character == 0x2029;
}

bool allowed(UChar32 character, Lines lines) {
  if (character == '\n' || character == '\t') {
    return lines == Lines::many;
  }
  if (u_iscntrl(character) && u_charType(character) == U_CONTROL_CHAR) {
    return false;
  }
  if (U_IS_UNICODE_NONCHAR(character)) {
    return false;
  }
  return lines == Lines::many || !(ends_line(character) || reorders_neighbours(character));
}

bool visible(UChar32 character) {
  constexpr UChar32 braille_blank = 0x2800;
  return !u_isUWhiteSpace(character) && u_charType(character) != U_FORMAT_CHAR && character != braille_blank &&
         !u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

icu::UnicodeString with_plain_line_ends(icu::UnicodeString text) {
  text.findAndReplace(icu::UnicodeString("\r\n"), icu::UnicodeString("\n"));
  text.findAndReplace(icu::UnicodeString("\r"), icu::UnicodeString("\n"));
  return text;
}

std::optional<Error> mistake_in(const icu::UnicodeString& text, const Shape& shape) {
  bool something_visible = false;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 character = text.char32At(at);
    if (!allowed(character, shape.lines)) {
      return wrong(shape.field, "invalid_text", "Must not contain control characters.");
    }
    something_visible = something_visible || visible(character);
  }
  if (!something_visible) {
    return wrong(shape.field, "required", "Must not be empty.");
  }
  const auto length = static_cast<std::size_t>(text.countChar32());
  if (length < shape.least) {
    return wrong(shape.field, "too_short", "Must have at least " + std::to_string(shape.least) + " characters.");
  }
  if (length > shape.most) {
    return wrong(shape.field, "too_long", "Must have at most " + std::to_string(shape.most) + " characters.");
  }
  return std::nullopt;
}

Result<std::string> checked(std::string_view text, const Shape& shape) {
  const auto decoded = from_utf8(text);
  if (!decoded) {
    return wrong(shape.field, "invalid_text", "Must be text in UTF-8.");
  }
  const icu::UnicodeString normal = trimmed(to_nfc(with_plain_line_ends(*decoded)));
  if (auto mistake = mistake_in(normal, shape)) {
    return std::move(*mistake);
  }
  return to_utf8(normal);
}

bool is_email_local(char character) {
  constexpr std::string_view others = ".!#$%&'*+-/=?^_`{|}~";
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || others.find(character) != std::string_view::npos;
}

bool is_domain_label(std::string_view label) {
  const auto fits = [](char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '-';
  };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), fits);
}

bool is_domain(std::string_view domain) {
  std::size_t labels = 0;
  while (true) {
    const std::size_t dot = domain.find('.');
    if (!is_domain_label(domain.substr(0, dot))) {
      return false;
    }
    ++labels;
    if (dot == std::string_view::npos) {
      return labels > 1;
    }
    domain.remove_prefix(dot + 1);
  }
}

// What SMTP takes without quoting. A stricter look is of no use: only a delivered mail proves an address.
bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) {
    return false;
  }
  const std::string_view local = text.substr(0, at);
  return !local.empty() && local.size() <= 64 && local.front() != '.' && local.back() != '.' &&
         local.find("..") == std::string_view::npos && std::all_of(local.begin(), local.end(), is_email_local) &&
         is_domain(text.substr(at + 1));
}

}  // namespace

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;  // every byte but the continuations
  }));
}

Result<std::string> checked_text(std::string_view text, std::string_view field, std::size_t max_characters) {
  return checked(text, {field, Lines::many, 1, max_characters});
}

Result<std::string> checked_body(std::string_view text, std::string_view field) {
  return checked_text(text, field, limits::post_characters);
}

Result<std::string> checked_title(std::string_view text) {
  return checked(text, {"title", Lines::one, limits::title_characters_min, limits::title_characters});
}

Result<std::string> checked_line(std::string_view text, std::string_view field, std::size_t max_characters) {
  return checked(text, {field, Lines::one, 1, max_characters});
}

Result<std::string> checked_email(std::string_view text) {
  auto line = checked_line(text, "email", limits::email_bytes);
  if (!line) {
    return line;
  }
  std::string address = *line;
  if (address.size() > limits::email_bytes) {
    return wrong("email", "too_long", "Must have at most " + std::to_string(limits::email_bytes) + " bytes.");
  }
  if (!is_email(address)) {
    return wrong("email", "invalid_email", "Must be an e-mail address like mira@example.org.");
  }
  std::transform(address.begin(), address.end(), address.begin(),
                 [](char character) { return static_cast<char>(std::tolower(static_cast<unsigned char>(character))); });
  return address;
}

std::string normalized_password(std::string_view text) {
  const auto decoded = from_utf8(text);
  return decoded ? to_utf8(to_nfc(*decoded)) : std::string(text);
}

Result<std::string> checked_password(std::string_view text) {
  if (!from_utf8(text) || text.find('\0') != std::string_view::npos) {
    return wrong("password", "invalid_text", "Must be text in UTF-8.");
  }
  std::string password = normalized_password(text);
  const std::size_t length = count_characters(password);
  if (length == 0) {
    return wrong("password", "required", "Must not be empty.");
  }
  if (length < limits::password_characters_min) {
    return wrong("password", "too_short",
                 "Must have at least " + std::to_string(limits::password_characters_min) + " characters.");
  }
  if (length > limits::password_characters) {
    return wrong("password", "too_long",
                 "Must have at most " + std::to_string(limits::password_characters) + " characters.");
  }
  return password;
}

Result<std::string> checked_idempotency_key(std::string_view text) {
  constexpr std::string_view field = "idempotency_key";
  if (text.size() < limits::idempotency_key_min || text.size() > limits::idempotency_key_max) {
    return wrong(field, text.size() > limits::idempotency_key_max ? "too_long" : "too_short",
                 "Must have " + std::to_string(limits::idempotency_key_min) + " to " +
                     std::to_string(limits::idempotency_key_max) + " characters.");
  }
  if (!std::all_of(text.begin(), text.end(), [](char character) { return character > ' ' && character <= '~'; })) {
    return wrong(field, "invalid_text", "Must consist of visible ASCII characters.");
  }
  return std::string(text);
}

}  // namespace foyer::forum
